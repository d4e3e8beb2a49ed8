"""A burst's whole life as people play it, who try again when the bot was not there: from raised to archived and printed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.demo.stage import STEERING, newest
from bot.sandbox.client import Refused, texts_of, wait_for
from bot.taskforce.burst import Burst
from bot.taskforce.terms import ClockKind, ClockState, EntryKind, State
from tests.faults.files import papers_in
from tests.faults.judging import undelivered
from tests.faults.world import World

# Faults may all strike one intent, and its back-off doubles.
DONE_WITHIN = 300.0
RAISER, OWNER, ON_DUTY = "priya", "gudrun", "dominic"
CO_LEADS = ("saskia", "wendel")
EVIDENCE = ("connection_transcript", "change_closed")
PROOF = "permit tcp from the viewer"
UPDATE = "The rule is in review."
# Owner, workstream lead and duty member have not answered: the next step is the cell.
LAST_STEP = "accept_cell"
A_LITTLE = timedelta(seconds=5)
GRACE_FOR = timedelta(hours=25)
RESOLUTION = {
    "fix": "The rule is in place.",
    "cause": "information_missing",
    "shorter": "A diagram at once",
    "sites_same": "different",
}


@dataclass
class Story:
    """The life of burst ``number``. ``broken`` are promises: what was answered "done" and was not stored.

    ``told_no`` counts the answers that something went wrong on our side.
    """

    world: World
    number: int
    broken: list[str] = field(default_factory=list)
    told_no: int = 0

    @property
    def key(self) -> str:
        """What people call it."""
        return f"BURST-{self.number}"

    @property
    def stages(self) -> tuple[Callable[[], None], ...]:
        """Everything in its order. A stage raises ``NeverHappened`` when it does not come to its end."""
        return (
            self.opened,
            self.climbed,
            self.taken_up,
            self.worked_on,
            self.signed_off,
            self.archived,
            self.printed,
        )

    def opened(self) -> None:
        """Raised in one line, with a channel of its own."""
        assert self.world.burst(self.number) is None, "the number is the next one's"
        line = f"open network_provisioning site:SBH impact:1 urgency:1 Viewer rule {self.number} missing"
        self.says(RAISER, line, self.key, lambda _: True)
        self.waits(lambda burst: burst.place is not None, "a channel")

    def climbed(self) -> None:
        """Nobody accepts, and the ladder is climbed step by step to the steering cell."""
        while not self._reached(LAST_STEP):
            burst = self.world.burst(self.number)
            assert burst is not None
            wakes = (one.wake_at for one in burst.clocks if one.kind is ClockKind.ACCEPT)
            self.passes(next(at for at in wakes if at is not None))

    def taken_up(self) -> None:
        """The steering cell's member on duty takes it up, from the card in the cell's channel."""
        duty = self.world.person(ON_DUTY)

        def press() -> None:
            card = newest(duty.messages(STEERING), self.key, "steering_take")
            if card:
                duty.click(card, "steering_take")

        self.insists(press, lambda _: self.logged(EntryKind.TAKEN_UP), "taken up")

    def worked_on(self) -> None:
        """Accepted, told about, proven and resolved by its owner."""
        self.says(OWNER, f"accept {self.key}", "You own it", lambda burst: burst.accepted_at is not None)
        self.says(OWNER, f"update {self.key} {UPDATE}", "Posted.", lambda _: self.logged(EntryKind.UPDATE))
        for kind, proof in zip(EVIDENCE, ("Seen to work from three hosts", self._shared()), strict=True):
            self.says(OWNER, f"evidence {self.key} {kind} {proof}", "Added.", _is_proven(kind))
        self.waits(_is_settled, "the evidence's file kept")
        self.insists(self._resolve, lambda burst: burst.resolved_at is not None, "resolved")

    def signed_off(self) -> None:
        """Both co-leads sign, which closes it."""
        for lead in CO_LEADS:
            signed = _is_signed(self.world.person(lead).id)
            self.says(lead, f"signoff {self.key}", "Signed off", signed)
        self.waits(lambda burst: burst.state is State.CLOSED, "closed")

    def archived(self) -> None:
        """After its grace the channel is archived, and nothing waits to be sent any more."""
        self.world.move_time(GRACE_FOR)
        wait_for(self._channel_is_archived, DONE_WITHIN, "the channel archived")
        wait_for(lambda: not undelivered(self.world, self.number), DONE_WITHIN, "everything delivered")

    def printed(self) -> None:
        """The raiser asks for the PDF, as often as it takes to get one."""
        raiser, name = self.world.person(RAISER), f"{self.key}.pdf"

        def got_one() -> bool:
            if papers_in(raiser.dms(), name):
                return True
            if not undelivered(self.world, self.number):
                self._ask_for_paper()
            return False

        wait_for(got_one, DONE_WITHIN, "the PDF sent to whoever asked")
        wait_for(lambda: not undelivered(self.world, self.number), DONE_WITHIN, "everything delivered")

    # --- How it goes on

    def says(self, person: str, line: str, words: str, done: Callable[[Burst], bool]) -> None:
        """Type a command until it is done. Answered with ``words``, it has to be stored by then."""

        def act() -> None:
            answer = self.world.person(person).command(f"/burst {line}")
            answered = texts_of(answer.get("message") or {})
            self.told_no += "Something went wrong" in answered
            if words in answered and not self._holds(done):
                self.broken.append(f"“{words}” was answered and nothing was stored")

        self.insists(act, done, line)

    def insists(self, act: Callable[[], object], done: Callable[[Burst], bool], what: str) -> None:
        """Do as people do: try, and if it did not come true (the bot was dead), try again until it does."""

        def tried() -> bool:
            if self._holds(done):
                return True
            try:
                act()
            except Refused:
                return False  # nobody can act while the app is away; the next round tries again
            return self._holds(done)

        wait_for(tried, DONE_WITHIN, what)

    def waits(self, done: Callable[[Burst], bool], what: str) -> None:
        """Wait until the stored burst is like this."""
        wait_for(lambda: self._holds(done), DONE_WITHIN, what)

    def passes(self, moment: datetime) -> None:
        """Let policy time be a little after ``moment``, and every clock ring that is due then."""
        self.world.move_time(max(moment + A_LITTLE - self.world.now(), timedelta()))
        self.waits(self._rung, f"every clock rung at {moment}")

    def logged(self, kind: EntryKind) -> bool:
        """Whether the log has an entry of that kind."""
        return any(entry.kind is kind for entry in self.world.entries(self.number))

    def _reached(self, step: str) -> bool:
        entries = self.world.entries(self.number)
        return any((entry.body or {}).get("step") == step for entry in entries)

    def _rung(self, burst: Burst) -> bool:
        now = self.world.now()
        armed = (one for one in burst.clocks if one.state is ClockState.ARMED)
        return all(one.wake_at is None or one.wake_at > now for one in armed)

    def _holds(self, done: Callable[[Burst], bool]) -> bool:
        burst = self.world.burst(self.number)
        return burst is not None and done(burst)

    def _resolve(self) -> None:
        """Through the page, as the owner does it."""
        owner = self.world.person(OWNER)
        view = owner.command(f"/burst resolve {self.key}")["view"]
        if view is not None:
            owner.submit(view, RESOLUTION)

    def _shared(self) -> str:
        """The address of a file that the owner shares in the channel, as they would copy it."""
        owner, burst = self.world.person(OWNER), self.world.burst(self.number)
        assert burst is not None
        assert burst.place is not None
        (file,) = owner.upload(burst.place.channel, "rule.txt", PROOF)["files"]
        return f"https://hospital.slack.com/files/{owner.id}/{file['id']}/rule.txt"

    def _ask_for_paper(self) -> None:
        raiser = self.world.person(RAISER)
        try:
            shown = raiser.command(f"/burst show {self.key}").get("message")
            if shown:
                raiser.click(shown, "archive_pdf")
        except Refused:
            return  # the app is away; whoever wants it tries again

    def _channel_is_archived(self) -> bool:
        burst = self.world.burst(self.number)
        if burst is None or burst.place is None:
            return False
        return bool(self.world.person(RAISER).channel(burst.place.channel)["is_archived"])


def _is_proven(kind: str) -> Callable[[Burst], bool]:
    return lambda burst: any(piece.kind == kind for piece in burst.evidence)


def _is_settled(burst: Burst) -> bool:
    return all(file.digest or file.lost for piece in burst.evidence for file in piece.files)


def _is_signed(user: str) -> Callable[[Burst], bool]:
    return lambda burst: any(one.user == user for one in burst.sign_offs)
