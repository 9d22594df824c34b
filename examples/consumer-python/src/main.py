"""Starts, says what it has made when asked to stop, and ends with 1 when Kafka's client has given up."""

import json
import os
import signal

from confluent_kafka import KafkaException

from consumer import Settings, consume
from store import Store


def main() -> None:
    prefix = os.environ.get("KAFKA_PREFIX", "")
    group = prefix + os.environ.get("GROUP", "open-receipts")
    settings = Settings(
        brokers=os.environ.get("KAFKA_BROKERS", "127.0.0.1:9092"),
        group=group,
        topics=[prefix + "gendan.receipts"],
        dead_letters=f"{group}.dead-letters",
    )
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _: asked.append(received))

    store = Store(os.environ.get("STORE", "receipts.db"))
    try:
        consume(settings, store, stopping=lambda: bool(asked))
        print(json.dumps(store.open_receipts()), flush=True)
    except (KafkaException, TimeoutError) as error:
        raise SystemExit(str(error)) from error
    finally:
        store.close()


if __name__ == "__main__":
    main()
