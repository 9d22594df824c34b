"""What this program keeps, in one SQLite file: its result, how far it has read, what it has seen of each aggregate, and
whose records it has set aside. All of one record is one transaction, so that none of it is ever ahead of the rest."""

import sqlite3
from dataclasses import dataclass

from open_receipts import Allocated, Change, Recorded
from read_record import Place

SCHEMA = """
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS receipts (receipt_id TEXT PRIMARY KEY, number TEXT, currency TEXT, minor INTEGER);
  CREATE TABLE IF NOT EXISTS places (topic TEXT, partition INTEGER, next INTEGER, PRIMARY KEY (topic, partition));
  CREATE TABLE IF NOT EXISTS seen (topic TEXT, key TEXT, sequence INTEGER, PRIMARY KEY (topic, key));
  CREATE TABLE IF NOT EXISTS aside (topic TEXT, key TEXT, reason TEXT, PRIMARY KEY (topic, key));
"""


@dataclass(frozen=True)
class SetAside:
    """An aggregate's records are set aside from now on."""

    reason: str


class Store:
    def __init__(self, file: str) -> None:
        self._db = sqlite3.connect(file, isolation_level=None)
        self._db.executescript(SCHEMA)

    def next(self, topic: str, partition: int) -> int | None:
        """The offset to go on at; None where nothing was read."""
        return self._value("SELECT next FROM places WHERE topic = ? AND partition = ?", topic, partition)

    def is_repetition(self, place: Place) -> bool:
        """True for a record that was taken before, under whatever offset: it changes nothing."""
        seen = self._value("SELECT sequence FROM seen WHERE topic = ? AND key = ?", place.topic, place.key)
        return seen is not None and place.sequence <= seen

    def set_aside(self, place: Place) -> str | None:
        """Why the records of an aggregate are set aside; None where they are not."""
        return self._value("SELECT reason FROM aside WHERE topic = ? AND key = ?", place.topic, place.key)

    def take(self, place: Place, effect: Change | SetAside | None) -> None:
        """Takes a record: its effect, the sequence of its aggregate and the place to go on at, or nothing of it."""
        topic, key = place.topic, place.key
        self._db.execute("BEGIN IMMEDIATE")
        try:
            if not self.is_repetition(place):
                self._carry_out(place, effect)
                self._db.execute("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", (topic, key, place.sequence))
            going_on = (topic, place.partition, place.offset + 1)
            self._db.execute("INSERT OR REPLACE INTO places VALUES (?, ?, ?)", going_on)
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise

    def open_receipts(self) -> list[dict[str, object]]:
        """Receipts with money left, by number."""
        rows = self._db.execute("SELECT number, currency, minor FROM receipts WHERE minor <> 0 ORDER BY number")
        return [{"number": number, "currency": currency, "minor": minor} for number, currency, minor in rows]

    def close(self) -> None:
        self._db.close()

    def _carry_out(self, place: Place, effect: Change | SetAside | None) -> None:
        match effect:
            case Recorded(receipt_id, number, currency, minor):
                row = (receipt_id, number, currency, minor)
                self._db.execute("INSERT OR REPLACE INTO receipts VALUES (?, ?, ?, ?)", row)
            case Allocated(receipt_id, minor):
                self._db.execute("UPDATE receipts SET minor = ? WHERE receipt_id = ?", (minor, receipt_id))
            case SetAside(reason):
                self._db.execute("INSERT OR IGNORE INTO aside VALUES (?, ?, ?)", (place.topic, place.key, reason))
            case None:
                pass

    def _value(self, query: str, *parameters: object):
        row = self._db.execute(query, parameters).fetchone()
        return None if row is None else row[0]
