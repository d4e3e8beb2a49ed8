"""What storage raises on purpose."""

from pathlib import Path

from bot.errors import Refused, StorageFault


class StaleBurst(Refused):
    """Somebody else changed the burst after it was loaded; nothing was written."""

    def __init__(self, burst_id: int) -> None:
        super().__init__(
            "stale",
            f"BURST-{burst_id} has just been changed by somebody else. Look at its card and try again.",
        )


class StorageBusy(StorageFault):
    """The database did not give the write turn within the time that a person can be kept waiting."""

    def __init__(self) -> None:
        super().__init__("The database is busy; nothing was changed. Try again in a moment.")


class InUse(StorageFault):
    """The SQLite file belongs to another process."""

    def __init__(self, database: Path, owner: str) -> None:
        super().__init__(
            f"{database} is in use by another process (process id {owner}). One process owns an SQLite "
            "database: stop the bot first, or use PostgreSQL to run several."
        )


class WrongRevision(StorageFault):
    """The database's schema is not the one that this version of the program was written for."""

    def __init__(self, found: str | None, wanted: str) -> None:
        if found is None:
            super().__init__("There is no database yet; `burst db upgrade` makes it.")
            return
        super().__init__(
            f"The database has schema revision {found}, and this version needs revision {wanted}. "
            "Stop the bot, make a backup with `burst db backup`, then run `burst db upgrade`."
        )
