"""What this program is for: which receipts still have money that no order was given. Knows of no Kafka and no database."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Recorded:
    """Money came in, in the currency's smallest unit."""

    receipt_id: str
    number: str
    currency: str
    minor: int


@dataclass(frozen=True)
class Allocated:
    """What is left of a receipt after parts of it were given to orders."""

    receipt_id: str
    minor: int


Change = Recorded | Allocated


def change_of(event_type: str, data: dict[str, Any]) -> Change:
    """What an event changes. Pure: a repetition gives the same. Money is reckoned in integers, never in floats."""
    match event_type:
        case "receipt.recorded":
            amount = data["amount"]
            return Recorded(data["receiptId"], data["number"], amount["currency"], int(amount["minor"]))
        case "receipt.allocated":
            return Allocated(data["receiptId"], int(data["unallocated"]["minor"]))
        case _:
            raise ValueError(f"a schema is kept of {event_type}, and nothing is made of it")
