"""A burst from beginning to end, and what is left of it on paper, as Markdown and as JSON.

What differs from one telling to the next stands for itself in the golden texts: hashes, moments, lengths of time.
Lines are broken anew, as where they break depends on those.
"""

import io
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from pypdf import PdfReader
from syrupy.assertion import SnapshotAssertion

from bot.demo.finishing import add_evidence, confirm, resolve, sign_off, tick_everything
from bot.demo.policy_time import PolicyTime
from bot.demo.processes import Backstage, own_environment
from bot.demo.stage import ARCHIVE, Played, Stage
from bot.demo.story import stage_on
from bot.sandbox.client import Person, wait_for
from tests.e2e.acts import PATIENCE_FOR, answered, archived, opened, owner_of, read, wait_for_card

pytestmark = pytest.mark.timeout(240)

BLOCKER = "ct-chest-layout"
STREAM = "stream-interoperability"
_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d [A-Z]{3,4}"
CHANGING = (
    (r"[0-9a-f]{64}", "<hash>"),
    (_DAY, "<moment>"),
    (r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)", "<moment>"),
    (r'("\w*seconds"|"percent"): \d+', r"\1: 0"),
    (r"under a minute|\d+ (?:d|h|min)\b(?: \d+ (?:h|min)\b)?", "<length>"),
    (r"\d+ ?%", "<share>"),
    (r"F[A-Z0-9]{8,}", "<file>"),
)


@pytest.fixture
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A workspace of its own: the first burst in it."""
    folder = tmp_path_factory.mktemp("papers")
    with Backstage(folder, PolicyTime(folder / "clock.json"), rate_limits="off") as backstage:
        backstage.start_bot()
        yield stage_on(backstage, io.StringIO(), PATIENCE_FOR)


def test_a_burst_is_left_on_paper_and_for_programs(stage: Stage, snapshot: SnapshotAssertion) -> None:
    burst = _told(stage)
    stella, noor = stage.cast["stella"], stage.cast["noor"]

    archive = read(stage, "stella", ARCHIVE, burst.key)
    filed = wait_for(
        lambda: _pdf_in(stella.messages(ARCHIVE, archive["ts"])), PATIENCE_FOR, "a PDF in the thread"
    )
    assert _text(stella.download(filed["id"])) == snapshot(name="pdf")

    shown = stage.command(noor, f"/burst show {burst.key}", STREAM)
    stage.press(noor, shown, "archive_pdf")
    sent = wait_for(lambda: _pdf_in(noor.dms()), PATIENCE_FOR, "a PDF by direct message")
    assert _text(noor.download(sent["id"])) == _text(stella.download(filed["id"]))

    assert _settled(_shown(stage, burst, "markdown")) == snapshot(name="markdown")
    assert _settled(_shown(stage, burst, "json")) == snapshot(name="json")

    stage.backstage.time.forward(timedelta(hours=25))
    wait_for(lambda: archived(noor, burst), PATIENCE_FOR, "the channel archived")


def test_where_slack_takes_no_files_the_summary_is_there_all_the_same(stage: Stage) -> None:
    stage.backstage.slack.switch(uploads_disabled=True)
    burst, _ = opened(stage, "noor", BLOCKER)
    stage.command(
        stage.cast["noor"], "/burst cancel mistake Raised to see what is left of it.", burst.channel
    )

    archive = read(stage, "stella", ARCHIVE, burst.key)
    stella = stage.cast["stella"]
    note = wait_for(
        lambda: stella.messages(ARCHIVE, archive["ts"])[1:], PATIENCE_FOR, "a note below the summary"
    )
    assert "takes no files from apps" in note[0]["text"]

    stage.backstage.slack.switch(uploads_disabled=False)
    noor = stage.cast["noor"]
    stage.press(noor, stage.command(noor, f"/burst show {burst.key}", STREAM), "archive_pdf")
    assert wait_for(lambda: _pdf_in(noor.dms()), PATIENCE_FOR, "a PDF by direct message")


def test_a_pdf_whose_answer_was_lost_is_looked_for_and_not_shared_again(stage: Stage) -> None:
    stage.backstage.slack.fail("files.completeUploadExternal", "drop", after=True)
    burst, _ = opened(stage, "noor", BLOCKER)
    stage.command(
        stage.cast["noor"], "/burst cancel mistake Raised to see what is left of it.", burst.channel
    )
    archive = read(stage, "stella", ARCHIVE, burst.key)

    # The channel is archived when what went before is settled.
    stage.backstage.time.forward(timedelta(hours=25))
    wait_for(lambda: archived(stage.cast["noor"], burst), PATIENCE_FOR, "the channel archived")

    thread = stage.cast["stella"].messages(ARCHIVE, archive["ts"])
    assert [len(message.get("files", ())) for message in thread] == [0, 1]


def _told(stage: Stage) -> Played:
    """Raised, escalated, paused, decided, resolved, sent back, resolved again, signed off."""
    noor = stage.cast["noor"]
    burst, blocker = opened(stage, "noor", BLOCKER)
    owner = owner_of(stage, "noor", burst)
    stage.pass_time(20, "twenty minutes in which nobody accepts")
    stage.command(owner, "/burst accept", burst.channel)
    wait_for_card(stage, "noor", burst, "(accepted)")
    stage.command(owner, "/burst update The protocol tree still carries demo descriptions.", burst.channel)
    stage.command(owner, "/burst pause awaiting_vendor until:6h ref:CASE-7", burst.channel)
    stage.pass_time(120, "two hours of waiting for the vendor")
    _wait_for_log(stage, burst, "the time was missed")
    stage.command(owner, "/burst resume", burst.channel)
    stage.command(owner, "/burst escalate The vendor does not say when.", burst.channel)
    _wait_for_log(stage, burst, "joined")
    _decided(stage, burst, owner)
    tick_everything(stage, owner, burst)
    add_evidence(stage, owner, burst, blocker.evidence)
    resolve(stage, owner, burst, blocker)
    clinical, technical = (_holder(stage, burst, seat) for seat in ("Clinical co-lead", "Technical co-lead"))
    stage.command(clinical, "/burst sendback Two layouts still hang wrong.", burst.channel)
    stage.pass_time(30, "half an hour of work")
    resolve(stage, owner, burst, blocker)
    confirm(stage, noor, burst)
    sign_off(stage, (clinical, technical), burst)
    return burst


def _decided(stage: Stage, burst: Played, owner: Person) -> None:
    """The steering cell is asked, and two of it agree."""
    stage.command(owner, "/burst decide right:go_live May it go live with a coercion rule?", burst.channel)
    for name in ("dominic", "stella"):
        person = stage.cast[name]
        asked = stage.direct(person, f"{burst.key} waits for a decision", "steering_decide")
        stage.write(person, asked, "steering_decide", f"Yes, for 90 days ({name}).", answer="approve")
    read(stage, "noor", burst.channel, "Yes, for 90 days (stella)")


def _wait_for_log(stage: Stage, burst: Played, words: str) -> None:
    """Nobody goes on before the bot has logged it, so that the log is the same each time."""
    look = partial(answered, stage, "noor", f"/burst log {burst.key}")
    wait_for(lambda: words in look(), PATIENCE_FOR, f"a log with “{words}”")


def _holder(stage: Stage, burst: Played, seat: str) -> Person:
    card = stage.card(stage.cast["noor"], burst)
    found = re.search(rf"\*{seat}\*\n<@(\w+)>", str(card).replace("\\n", "\n"))
    assert found, card
    return stage.cast.whose(found[1])


def _pdf_in(messages: list[dict[str, Any]]) -> Mapping[str, Any]:
    return next((file for message in messages for file in message.get("files", ())), {})


def _text(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf), strict=True).pages
    return "\n\n".join(
        f"--- page {number}\n{_broken(page.extract_text())}" for number, page in enumerate(pages, start=1)
    )


def _broken(text: str) -> str:
    """The text in lines of which each begins with a moment: one that changes leaves the others."""
    parts = _settled(" ".join(text.split())).replace(" <moment> ", "\n<moment> ")
    return "\n".join(textwrap.fill(part, 110) for part in parts.splitlines())


def _settled(text: str) -> str:
    for changing, word in CHANGING:
        text = re.sub(changing, word, text)
    return text


def _shown(stage: Stage, burst: Played, form: str) -> str:
    """What the command line shows; as a process, since it sets the clock of the one that it runs in."""
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", "show", burst.key, "--as", "petra", "--format", form],
        env=own_environment() | stage.backstage.settings(),
        check=True,
        capture_output=True,
        text=True,
    ).stdout
