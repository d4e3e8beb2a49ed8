"""What fixed a burst and what proves it, for those who are to check it."""

from bot.slack.views.parts import BlockDict, inline, section
from bot.taskforce.burst import Burst, Evidence

_MOST_PIECES = 6


def fix(burst: Burst) -> list[BlockDict]:
    """The fix with its evidence; nothing while there is none."""
    if burst.resolution is None:
        return []
    said = section(f"*What fixed it*\n{inline(burst.resolution.fix, 800)}")
    return [said, *evidence(burst)]


def evidence(burst: Burst) -> list[BlockDict]:
    """The evidence that stands, a line each."""
    standing = [piece for piece in burst.evidence if piece.withdrawn_at is None]
    lines = [_line(burst, piece) for piece in standing[:_MOST_PIECES]]
    left = len(standing) - len(lines)
    more = [f"• … {left} more"] if left else []
    return [section("*Evidence*\n" + "\n".join([*lines, *more]))] if lines else []


def _line(burst: Burst, piece: Evidence) -> str:
    label = next((label for kind, label, _ in burst.evidence_kinds if kind == piece.kind), piece.kind)
    count = len(piece.files)
    files = f"{count} {'file' if count == 1 else 'files'}" if count else ""
    shown = ", ".join(inline(one, 300) for one in (piece.text, piece.link or "", files) if one)
    return f"• {inline(label, 130)}: {shown}"
