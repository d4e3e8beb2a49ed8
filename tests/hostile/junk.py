"""Values that break programs: what the mutations put where something sensible stood."""

from random import Random
from typing import Any

MENTIONS = "<!channel> <@U01STELLA> &lt;!here&gt; *_~`> @everyone"
HUGE = 20_000
DEEPEST = 400

TEXTS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\x1b[31m red",
    "\ud800",
    "tail \udfff",
    "\u202egnirts",
    "\u2028\u2029\x85",
    "\ufffe\uffff",
    "e\u0301" * 300,
    "👩‍👩‍👧‍👦" * 80,
    "²",
    "٣",
    "½",
    "9" * 5_000,
    "-1",
    "1e309",
    "NaN",
    "0x10",
    "true",
    "null",
    "[]",
    "{}",
    "{0.__class__.__mro__}",
    "%s%n%x",
    "{{7*7}}${7*7}",
    "../../../etc/passwd",
    "'; DROP TABLE burst; --",
    '" OR 1=1 --',
    'NEAR("a" AND *)',
    "<script>alert(1)</script>",
    "```` ``` `",
    "&amp;&lt;!channel&gt;",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "99999999999999999999bd",
    "until:9999-12-31 23:59",
    "BURST-0",
    "BURST-1 BURST-2",
    "BURST-99999999999999999999",
    MENTIONS,
    "x" * 3_001,
)
REFERENCES = (
    "{burst}:{version}",
    "{burst}:{version}:{detail}",
    "burst:{burst}",
    "burst:{burst}:{detail}",
    "draft:{detail}",
    "{version}:all",
    "{version}:{burst}",
    "999999:mine",
    "1:site:NGH sev:1 {detail}",
    "burst:99999999999999999999",
    "99999999999999999999:1",
    "999999999999999999:999999999999999999",
    "burst:{burst}\n",
    "{burst}:{version}\x00",
)
DETAILS = ("1", "0", "99", "raiser", "clinical", "new", "999999999999999999", "x", "..", "-")


def text(random: Random) -> str:
    """A string that somebody might choke on."""
    if random.random() < 0.03:
        return random.choice(("x", "\x00", "\ud800", "é", "<", "&", "`", "\n")) * HUGE
    return random.choice(TEXTS)


def reference(random: Random, bursts: int) -> str:
    """What a tampered button or a tampered modal says that it is about."""
    return random.choice(REFERENCES).format(
        burst=random.randint(0, bursts + 2), version=random.randint(0, 60), detail=random.choice(DETAILS)
    )


def value(random: Random) -> Any:
    """Anything that JSON can carry."""
    kind = random.randrange(9)
    if kind < 4:
        return text(random)
    if kind == 4:
        return random.choice((None, True, False))
    if kind == 5:
        return random.choice((0, -1, 1, 2**63, -(2**70), 10**400, 1e308, 0.1, 1_795_000_000))
    if kind == 6:
        return nested(random, random.choice((1, 3, 50, DEEPEST)))
    if kind == 7:
        return [value(random) for _ in range(random.randrange(4))]
    return {text(random)[:200]: value(random) for _ in range(random.randrange(4))}


def nested(random: Random, depth: int) -> Any:
    """Lists and mappings in each other, ``depth`` of them."""
    found: Any = text(random)
    for _ in range(depth):
        found = [found] if random.random() < 0.5 else {"type": found}
    return found
