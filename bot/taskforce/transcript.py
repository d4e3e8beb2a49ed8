"""What was written where a burst lived: each message with its edits, told by pieces that may come in any order.

Slack tells of a message when it is written, changed and deleted, each at least once and in any order, and
tells it again when its history is read. ``merged`` makes the same message of the same pieces, however they
come. Moments are Slack's ``ts``: seconds since the epoch with six digits, as text that sorts by time.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

# A message that a machine rewrites all day keeps its latest words; nobody reads more of them.
MOST_EARLIER = 50
BROADCAST = "thread_broadcast"


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file that hangs on a message, as Slack describes it; ``size`` in bytes, 0 when it does not say."""

    id: str
    name: str
    type: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """What a message said from the moment ``at`` on; empty for its first words."""

    text: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message. ``thread`` is the ``ts`` of the message that it answers, empty for one that is no reply.

    ``author`` is a Slack user or bot id; ``named`` what a bot calls itself. ``kind`` is Slack's subtype.
    ``edited_at`` is when its present words were written, empty for the first. ``deleted_at`` is empty when
    nobody told when it was deleted. ``erased`` says that its words may not be kept, whoever tells them again.
    """

    channel: str
    ts: str
    thread: str
    author: str
    named: str
    kind: str
    text: str
    files: tuple[SharedFile, ...] = ()
    edited_at: str = ""
    earlier: tuple[Version, ...] = ()
    deleted: bool = False
    deleted_at: str = ""
    erased: bool = False

    @property
    def worded(self) -> bool:
        """Whether it has, or had, anything that somebody wrote."""
        return bool(self.text or self.named or self.files or self.earlier)


@dataclass(frozen=True, slots=True)
class Gap:
    """A time of which the transcript may lack something.

    From ``since`` (empty: the beginning) to ``until`` (empty: the end); ``why`` is Slack's error code, or one of
    the words below.
    """

    why: str
    since: str = ""
    until: str = ""


NO_PLACE = "no_place"  # the burst had lost its channel when the transcript was to be completed
OUT_OF_REACH = "out_of_reach"  # Slack's history does not go back so far
MOVED = "moved"  # it was written where the burst lived before


def merged(known: Message, seen: Message, *, latest: bool = False) -> Message:
    """``known`` with what ``seen`` tells of the same message; a deletion is never taken back, nor an erasure.

    ``latest`` says that ``seen`` shows the message as it stood just now. A bot's edits bear no moment of
    their own, so that its words may be new although it does not say so.
    """
    told = {one.at: one for one in (*_versions(seen), *_versions(known))}
    newer = seen if seen.edited_at > known.edited_at else known
    if latest and all(one.text != seen.text for one in _versions(known)):
        at, newer = max(known.edited_at, seen.edited_at), seen
        told = {one.at: one for one in _versions(known)} | {at: Version(seen.text, at)}
    if known.erased:
        told = {}
    *earlier, last = [told[at] for at in sorted(told)] or [Version("", known.edited_at)]
    return replace(
        known,
        thread=known.thread or seen.thread,
        author=known.author or seen.author,
        named="" if known.erased else known.named or seen.named,
        kind=known.kind or seen.kind,
        text=last.text,
        files=() if known.erased else newer.files,
        edited_at=last.at,
        earlier=tuple(earlier[-MOST_EARLIER:]),
        deleted=known.deleted or seen.deleted,
        deleted_at=max(known.deleted_at, seen.deleted_at),
    )


def without_words(message: Message) -> Message:
    """What is left of a message whose words may not stay: that it was there, whose it was, and when."""
    return replace(message, text="", named="", files=(), earlier=())


def _versions(message: Message) -> Iterable[Version]:
    # A deletion that comes before its message has no words of it to tell.
    if message.text or message.files or not message.deleted:
        yield Version(message.text, message.edited_at)
    yield from message.earlier


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reading of Slack's history has come; one is begun for each ``intent``, and outlives a crash.

    The channel is read backwards, down to ``since``; of what it shows, everything from ``before`` on has been
    compared with what was known up to ``upto`` when the reading began. ``threads`` are still to be read, the first of them
    from ``cursor`` on, where everything up to ``read_upto`` has been compared. ``channel_read`` says that nothing
    older is left, and ``limited`` that Slack hides something older.
    """

    intent: int
    channel: str
    since: str = ""
    upto: str = ""
    before: str = ""
    threads: tuple[str, ...] = ()
    cursor: str = ""
    read_upto: str = ""
    channel_read: bool = False
    limited: bool = False

    @property
    def is_over(self) -> bool:
        """Whether everything has been read."""
        return self.channel_read and not self.threads

    def after_channel(
        self, seen: Iterable[str], answered: Iterable[str], *, more: bool, limited: bool
    ) -> "Progress":
        """Where it goes on after a page of the channel: ``seen`` on it, of which ``answered`` have threads."""
        before = min((one for one in (self.before, *seen) if one), default="")
        return replace(
            self,
            before=before,
            threads=tuple(answered),
            channel_read=not more or before == self.before,
            limited=self.limited or limited,
        )

    def after_thread(self, seen: Iterable[str], cursor: str) -> "Progress":
        """Where it goes on after a page of the first thread, which goes on behind ``cursor`` unless that is empty."""
        if cursor:
            return replace(self, cursor=cursor, read_upto=max((self.read_upto, *seen)))
        return replace(self, threads=self.threads[1:], cursor="", read_upto="")
