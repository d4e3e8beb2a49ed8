"""The resolution log: header, chain, kinds of entries and what their bodies hold."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime

from bot.reports.words import ENTRY
from bot.taskforce.entry_names import Names
from bot.taskforce.entry_types import KINDS, EntryType
from bot.taskforce.logbook import canonical, header_of
from bot.taskforce.outage import Outage
from bot.taskforce.response_clock import ResponseClock
from bot.taskforce.terms import EntryKind
from bot.taskforce.told_clocks import DERIVED
from tools.reference.detail_words import DETAILS
from tools.reference.logged import logged

_PAGE = """# Reference: the resolution log

Written from the code by `make reference`. `data/log_entry.jsonl` of [an export](../storage.md#exports) holds every entry; this
is what is in one.

## Header and chain

The header is canonical JSON (sorted keys, no spaces, UTF-8):

```json
{header}
```

`burst` and `number` count from 1; `at` is UTC. `by` stands for `actor`, a Slack user id or `system`, and each user id that the body
names, alone or as `<@U...>`, is hashed in the same way, so that a name can be erased:

```text
own salt   = HMAC-SHA-256(name_salt, name)
hashed as  = SHA-256(own salt, name), in hexadecimal
```

With that in `by`, and behind a line break (which canonical JSON writes as `\\n`) in place of each name in the body, in the
order of the numbers

```text
digest     = SHA-256(salt, canonical JSON of the body)
entry_hash = SHA-256(entry_hash of the entry before, header, digest)
```

where the first entry has nothing before it, and hashes go in as bytes. An erased entry has lost salt and body; header, digest
and entry_hash stay. Where one person was erased, a label such as `erased-3f9a2c1b` stands for them, `name_salt` is gone, and `names`
has the `digest` of that name and the own `salt` of every other. An entry that was written before this was so has neither `name_salt`
nor `names`; its header has `actor` in place of `by`, and names are hashed as they are.
[What that proves](../for-administrators.md#the-log-anchorkey-and-anchorslog).

## Kinds

The type is the word that `/burst log KEY` takes. The details are those that an entry of the kind can have; one that says
nothing may be missing.

| kind | on screen | type | details |
|---|---|---|---|
{kinds}

## Details

Moments are ISO 8601 in UTC, people are Slack user ids, bursts are numbers.

| detail | means |
|---|---|
{details}

## In any kind

| detail | means |
|---|---|
| `state` | the burst's state, where it changed; in the last entry of what was done at once, as are the next two |
| `policy` | SHA-256 of the frozen policy, where it changed |
| `clocks` | the response clocks that are new or changed: {clock} |
| {outage} | why it is told late: the bot was down, or its clock was set, from when to when |
| `clock_showed` | what the clock showed, where it had been set back; `at` never runs backwards |
"""
_SHOWN = datetime(2026, 11, 24, 8, tzinfo=UTC)
_NAMES = Names(bytes(16))


def log_schema() -> str:
    """The page, as Markdown; raises ``KeyError`` for a detail that has no words."""
    found = logged()
    names = sorted(set().union(*found.values()))
    _nothing_unused(names)
    return _PAGE.format(
        header=_header(),
        kinds="\n".join(_row(kind, found.get(kind, frozenset())) for kind in EntryKind),
        details="\n".join(f"| `{name}` | {DETAILS[name]} |" for name in names),
        clock=_listed(one.name for one in fields(ResponseClock) if one.name != DERIVED),
        outage=_listed(Outage(_SHOWN, _SHOWN).told),
    )


def _nothing_unused(names: list[str]) -> None:
    if unused := DETAILS.keys() - set(names):
        raise ValueError(f"nobody logs {', '.join(sorted(unused))}")


def _header() -> str:
    return canonical(header_of(42, 17, EntryKind.UPDATE, "U01AB2CD3", _SHOWN, _NAMES)).decode()


def _row(kind: EntryKind, details: frozenset[str]) -> str:
    return f"| `{kind}` | {ENTRY[kind]} | `{_type_of(kind)}` | {_listed(sorted(details))} |"


def _type_of(kind: EntryKind) -> EntryType:
    return next(known for known, kinds in KINDS.items() if kind in kinds)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
