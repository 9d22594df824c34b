"""A record as it lies on Kafka, read as far as it can be: by its headers, and by the schemas that this program keeps."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from confluent_kafka import Message
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from open_receipts import Change, change_of

SCHEMAS = Path(__file__).parent.parent / "schemas"


@dataclass(frozen=True)
class Place:
    """Where a record lies, and its place in its aggregate's order."""

    topic: str
    partition: int
    offset: int
    key: str
    sequence: int


class Unreadable(Exception):
    """The record is broken, or is not what its schema says."""


def _validators() -> dict[str, Draft202012Validator]:
    """By type. One schema of a type is enough: it takes the data of all versions, older and newer."""
    schemas = [json.loads(file.read_text("utf-8")) for file in SCHEMAS.glob("*.json")]
    return {schema["$id"].split(":")[2]: Draft202012Validator(schema) for schema in schemas}


_VALIDATORS = _validators()


def _headers(message: Message) -> dict[str, str]:
    pairs = message.headers() or []
    return {name: (value or b"").decode("utf-8", "replace") for name, value in pairs}


def place_of(message: Message) -> Place:
    """A record without a key or a sequence has no place in any order: it is an aggregate of its own."""
    topic, partition, offset, key = message.topic(), message.partition(), message.offset(), message.key()
    sequence = _headers(message).get("ce_sequence", "")
    if not key or not re.fullmatch(r"[0-9]{1,15}", sequence):
        return Place(topic, partition, offset, f"{partition}@{offset}", 0)
    return Place(topic, partition, offset, key.decode("utf-8", "replace"), int(sequence))


def read_record(message: Message) -> Change | None:
    """What a record changes; None for a type that is none of ours. Raises Unreadable, with the reason."""
    event_type = _headers(message).get("ce_type")
    if event_type is None:
        raise Unreadable("no ce_type")
    validator = _VALIDATORS.get(event_type)
    if validator is None:
        return None
    try:
        data = json.loads(message.value() or b"")
    except ValueError as error:  # no JSON, or no UTF-8
        raise Unreadable(f"no JSON: {error}") from error
    fault = best_match(validator.iter_errors(data))
    if fault is not None:
        raise Unreadable(f"{event_type} {fault.json_path}: {fault.message}")
    return change_of(event_type, data)
