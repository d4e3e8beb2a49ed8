"""Mistakes about what leaves the database, what comes back into it, and the log of who did it."""

from tools.mistakes import Mutation

TRAVELLING = ("tests/operations/test_travelling.py",)
CELLS = ("tests/unit/reports/exports/test_cells.py",)
COMMANDS = ("tests/cli/test_export.py",)
AUDIT = ("tests/cli/test_audit.py", "tests/operations/test_housekeeping.py")

EXPORTS = (
    Mutation(
        "settings stay behind",
        "storage/portable.py",
        'LEFT_OUT = frozenset({"replica", "inbox", "draft", "home"})',
        'LEFT_OUT = frozenset({"replica", "inbox", "draft", "home", "setting"})',
        TRAVELLING,
    ),
    Mutation(
        "files that rows name stay behind",
        "bot/operations/exporting.py",
        "if _DIGEST.fullmatch(value):",
        "if not _DIGEST.match(value):",
        TRAVELLING,
    ),
    Mutation(
        "a changed byte of an export is taken",
        "bot/operations/importing.py",
        "or digest_of(folder / name) != digest:",
        "or not digest:",
        TRAVELLING,
    ),
    Mutation(
        "an import goes into a database in use",
        "bot/operations/importing.py",
        "if occupied := unit.restoring.occupied():",
        "if occupied := unit.restoring.occupied()[:0]:",
        TRAVELLING,
    ),
    Mutation(
        "numbers are given again after an import",
        "storage/restoring.py",
        "elif counted < last:",
        "elif counted > last:",
        TRAVELLING,
    ),
    Mutation(
        "restored summaries are not found",
        "storage/restoring.py",
        "return Archives(self._connection).index_all()",
        "return 0",
        TRAVELLING,
    ),
    Mutation("a cell begins with an at sign", "bot/reports/exports/cells.py", '"=+-@', '"=+-', CELLS),
    Mutation(
        "a formula begins in the middle of a text",
        "bot/reports/exports/cells.py",
        "begins = before.start() == 0 or _ENDS_A_CELL.search(found)",
        "begins = before.start() == 0",
        CELLS,
    ),
    Mutation(
        "what waited for the bot is logged twice",
        "bot/operations/auditing.py",
        'if unit.inbox.remember(f"audit:{path.stem}", _OPERATION, deed.at):',
        'if unit.inbox.remember(f"audit:{path.stem}", _OPERATION, deed.at) or path:',
        COMMANDS,
    ),
    Mutation(
        "the end of the installation's log is pinned nowhere",
        "bot/operations/housekeeping.py",
        "[*pinned, *((audit,) if audit else ())]",
        "pinned",
        AUDIT,
    ),
)
