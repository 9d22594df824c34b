"""Reads the public events: from its own place on, each one once in effect, and with what cannot be read set aside."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, Message, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from read_record import Unreadable, place_of, read_record
from store import SetAside, Store

# Without a sign of life for so long, a member's partitions go to another one: also to ourselves, started after a crash.
SESSION_MS = 10_000
# How soon a request to stop is seen.
POLL_S = 0.2
DELIVERY_S = 30


@dataclass(frozen=True)
class Settings:
    brokers: str
    group: str
    topics: list[str]
    # Where records go that cannot be read, and those of the same aggregate behind them.
    dead_letters: str


def consume(settings: Settings, store: Store, stopping: Callable[[], bool]) -> None:
    """Returns when it was asked to stop; raises when Kafka's client has given up."""
    _make_dead_letters(settings)
    producer = Producer({"bootstrap.servers": settings.brokers, "enable.idempotence": True})
    consumer = Consumer(
        {
            "bootstrap.servers": settings.brokers,
            "group.id": settings.group,
            "session.timeout.ms": SESSION_MS,
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
        }
    )

    # Our place is in our store, not in Kafka: at each assignment we go on where our last transaction ended.
    def go_on(_: Consumer, partitions: list[TopicPartition]) -> None:
        for partition in partitions:
            place = store.next(partition.topic, partition.partition)
            partition.offset = OFFSET_BEGINNING if place is None else place
        consumer.assign(partitions)

    consumer.subscribe(settings.topics, on_assign=go_on)
    try:
        while not stopping():
            message = consumer.poll(POLL_S)
            if message is None:
                continue
            fault = message.error()
            if fault is None:
                _take(message, store, producer, settings.dead_letters)
            elif fault.fatal():
                raise KafkaException(fault)
            else:  # the client tries again by itself
                print(fault.str(), file=sys.stderr)
    finally:
        consumer.close()


def _take(message: Message, store: Store, producer: Producer, dead_letters: str) -> None:
    place = place_of(message)
    effect = None
    if not store.is_repetition(place):
        # An aggregate's records are handled in order or not at all: behind one that cannot be read, all are set aside.
        aside = store.set_aside(place)
        try:
            effect = read_record(message) if aside is None else SetAside(f"behind: {aside}")
        except Unreadable as error:
            effect = SetAside(str(error))
    # First the letter, then our place: after a crash between the two it is sent twice, but never lost.
    if isinstance(effect, SetAside):
        _send_aside(message, effect.reason, producer, dead_letters)
    store.take(place, effect)


def _send_aside(message: Message, reason: str, producer: Producer, dead_letters: str) -> None:
    came_from = f"{message.topic()}/{message.partition()}@{message.offset()}"
    headers = [*(message.headers() or []), ("dead_reason", reason[:1_000]), ("dead_from", came_from)]
    faults: list[KafkaError] = []
    producer.produce(
        dead_letters,
        key=message.key(),
        value=message.value(),
        headers=headers,
        on_delivery=lambda fault, _: faults.append(fault) if fault else None,
    )
    if producer.flush(DELIVERY_S) > 0:
        raise TimeoutError(f"{dead_letters} took no letter within {DELIVERY_S} s")
    if faults:
        raise KafkaException(faults[0])


def _make_dead_letters(settings: Settings) -> None:
    admin = AdminClient({"bootstrap.servers": settings.brokers})
    made = admin.create_topics([NewTopic(settings.dead_letters, num_partitions=1)])
    try:
        made[settings.dead_letters].result()
    except KafkaException as error:
        if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
            raise
