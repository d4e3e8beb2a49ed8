"""``burst show``: one burst's summary in each of its formats, and what is logged of it."""

import io
import json
import stat
from contextlib import closing

import pytest
from pypdf import PdfReader

from bot.operations.auditing import take_waiting
from tests.cli.conftest import Installation
from tests.handlers.conftest import DEMO
from tests.storage.bursts import note, opening, plain_burst, stored

AS = ("--as", "petra")


@pytest.fixture
def kept(installed: Installation) -> Installation:
    """An installation with a burst."""
    installed.environment["BURST_PROGRAMME"] = str(DEMO)
    with closing(installed.open()) as store:
        stored(store, opening(plain_burst(1), entries=[note("one"), note("the second note")]))
    return installed


def test_it_is_read_as_markdown(kept: Installation) -> None:
    shown = kept.burst("show", "BURST-1", *AS)

    assert shown.exit_code == 0
    assert shown.stdout.startswith("# BURST-1 · ")


@pytest.mark.parametrize("form", [("--json",), ("--format", "json")])
def test_programs_get_json(kept: Installation, form: tuple[str, ...]) -> None:
    assert json.loads(kept.burst("show", "1", *AS, *form).stdout)["key"] == "BURST-1"


def test_the_pdf_has_the_log_and_is_for_its_owner_alone(kept: Installation) -> None:
    target = kept.folder / "one.pdf"

    shown = kept.burst("show", "1", *AS, "--format", "pdf", "--to", target)

    assert shown.stdout == f"Wrote {target}.\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    pages = PdfReader(io.BytesIO(target.read_bytes())).pages
    assert "the second note" in pages[-1].extract_text()


def test_a_file_that_is_there_stays(kept: Installation) -> None:
    target = kept.folder / "one.md"
    target.write_text("mine")

    shown = kept.burst("show", "1", *AS, "--to", target)

    assert shown.exit_code == 1
    assert target.read_text() == "mine"


def test_a_pdf_is_not_poured_over_the_terminal(kept: Installation) -> None:
    assert "--to" in kept.burst("show", "1", *AS, "--format", "pdf").output


@pytest.mark.parametrize(
    ("words", "why"),
    [(("9", *AS), "There is no BURST-9."), (("1", "--as", "nobody"), "nobody")],
)
def test_it_says_what_is_wrong(kept: Installation, words: tuple[str, ...], why: str) -> None:
    shown = kept.burst("show", *words)

    assert shown.exit_code == 1
    assert why in shown.output


def test_who_was_shown_what_is_logged(kept: Installation) -> None:
    kept.burst("show", "1", *AS, "--json")

    with closing(kept.open()) as store:
        take_waiting(store, kept.folder)
        with store.read() as unit:
            [entry] = unit.audit.entries()
    assert entry.kind.value == "exported"
    assert entry.detail == {"scope": {"bursts": ["BURST-1"]}, "formats": ["json"]}
