"""How a burst becomes rows and comes back.

Children map field by field to their own tables. Of the burst itself, what is searched or reported on
has a column; every other field lives in one document, so that a new field with a default needs no
migration and old documents read as before.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields
from functools import cached_property
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, create_model, model_validator
from sqlalchemy import Column, Table

from bot.taskforce.burst import Burst, ChecklistItem, DecisionRequest, Evidence, Participant, SignOff
from bot.taskforce.lifecycle.activity import DIGEST_LENGTH
from bot.taskforce.policy import Policy
from bot.taskforce.response_clock import ResponseClock
from storage.tables import (
    BurstRecord,
    ChecklistRecord,
    ClockRecord,
    DecisionRequestRecord,
    EvidenceRecord,
    ParticipantRecord,
    SignOffRecord,
    table,
)


@dataclass(frozen=True)
class Children:
    """One kind of a burst's children: the field that holds them, their class, their table.

    Children without a number of their own are numbered by their place.
    """

    field: str
    kind: type[Any]
    table: Table

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The child's fields that are columns."""
        return tuple(one.name for one in fields(self.kind))

    def of(self, burst: Burst) -> tuple[Any, ...]:
        """The children of ``burst``."""
        found: tuple[Any, ...] = getattr(burst, self.field)
        return found

    def rows(self, burst: Burst) -> dict[int, Any]:
        """The children of ``burst`` by number."""
        found = self.of(burst)
        if "number" in self.columns:
            return {child.number: child for child in found}
        return dict(enumerate(found, start=1))

    def changed(self, before: Any, after: Any) -> dict[str, Any]:
        """The column values in which one child differs from what it was."""
        return {
            name: value
            for name in self.columns
            if (value := getattr(after, name)) is not (known := getattr(before, name)) and value != known
        }

    def row(self, burst_id: int, number: int, child: Any) -> dict[str, Any]:
        """The whole row of one child."""
        return {
            "burst_id": burst_id,
            **{name: getattr(child, name) for name in self.columns},
            "number": number,
        }

    def selected(self) -> list[Column[Any]]:
        """The columns to select for ``read``: whose child it is, then the child's fields in their order."""
        return [self.table.c.burst_id, *(self.table.c[name] for name in self.columns)]

    def read(self, columns: Sequence[Sequence[Any]]) -> Mapping[int, list[Any]]:
        """The children that the columns of ``selected`` hold, by burst; in the order in which they come."""
        found: defaultdict[int, list[Any]] = defaultdict(list)
        if columns:
            burst_ids, *their_fields = columns
            for burst_id, child in zip(burst_ids, map(self.kind, *their_fields), strict=True):
                found[burst_id].append(child)
        return found


CHILDREN = (
    Children("participants", Participant, table(ParticipantRecord)),
    Children("clocks", ResponseClock, table(ClockRecord)),
    Children("checklist", ChecklistItem, table(ChecklistRecord)),
    Children("evidence", Evidence, table(EvidenceRecord)),
    Children("sign_offs", SignOff, table(SignOffRecord)),
    Children("requests", DecisionRequest, table(DecisionRequestRecord)),
)
BURSTS = table(BurstRecord)

_OWN_COLUMNS = frozenset(BURSTS.columns.keys()) - {"channel", "thread_ts", "policy_digest", "details"}
_ELSEWHERE = _OWN_COLUMNS | {kind.field for kind in CHILDREN} | {"policy"}
_OWN_NAMES = frozenset(
    one.name for one in fields(Burst) if one.name in _OWN_COLUMNS or one.name not in _ELSEWHERE
)
_DETAIL_NAMES = tuple(one.name for one in fields(Burst) if one.name not in _ELSEWHERE)


class _Document(BaseModel):
    """What the fields of a burst without a column are read from."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _in_todays_words(cls, document: dict[str, Any]) -> dict[str, Any]:
        # Once only the last piece of news was known, by a digest of full length.
        kept = dict(document)
        last = kept.pop("last_update_digest", "")
        return {**kept, "news": [last[:DIGEST_LENGTH]]} if last else kept


def _details_model() -> type[BaseModel]:
    hints = get_type_hints(Burst)
    wanted = [one for one in fields(Burst) if one.name in _DETAIL_NAMES]
    definitions: dict[str, Any] = {one.name: (hints[one.name], _default_of(one)) for one in wanted}
    return create_model("Details", __base__=_Document, **definitions)


def _default_of(one: Field[Any]) -> Any:
    return ... if one.default is MISSING else one.default


_Details = _details_model()


def burst_row(burst: Burst, policy_digest: str) -> dict[str, Any]:
    """The column values of a burst's own row."""
    return {
        **{name: getattr(burst, name) for name in _OWN_COLUMNS},
        **_place_columns(burst),
        "policy_digest": policy_digest,
        "details": _details(burst),
    }


def changed_columns(before: Burst, after: Burst) -> dict[str, Any]:
    """The column values in which ``after`` differs from ``before``, its policy left aside."""
    known = vars(before)
    differing = {
        name: value
        for name, value in vars(after).items()
        if value is not known[name] and value != known[name] and name in _OWN_NAMES
    }
    changed = {name: value for name, value in differing.items() if name in _OWN_COLUMNS}
    if "place" in differing:
        changed |= _place_columns(after)
    if not differing.keys() <= _OWN_COLUMNS:
        changed["details"] = _details(after)
    return changed


def _place_columns(burst: Burst) -> dict[str, str | None]:
    place = burst.place
    return {
        "channel": place.channel if place else None,
        "thread_ts": place.thread_ts if place else None,
    }


def _details(burst: Burst) -> str:
    return _Details.model_construct(
        **{name: getattr(burst, name) for name in _DETAIL_NAMES}
    ).model_dump_json()


def read_burst(row: Mapping[str, Any], policy: Policy, children: Mapping[str, Sequence[Any]]) -> Burst:
    """The burst that its row, its policy and its children (by field) make.

    Raises ``pydantic.ValidationError`` when the stored document does not fit the model.
    """
    values: dict[str, Any] = {name: row[name] for name in _OWN_COLUMNS}
    values |= vars(_Details.model_validate_json(row["details"]))
    values |= {field: tuple(found) for field, found in children.items()}
    return Burst(**values, policy=policy)
