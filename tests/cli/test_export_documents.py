"""``burst export`` for people: tables for spreadsheets, and documents to read."""

import csv
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from freezegun import freeze_time

from bot import clock
from bot.operations.export_folder import digest_of, sums_of
from bot.operations.office import Office
from bot.operations.open_burst import open_burst
from bot.operations.post_update import post_update
from bot.programme import Programme
from tests.cli.conftest import Installation
from tests.handlers.conftest import DEMO, programme
from tests.operations.story import INTAKE, RAISER, TEAM, by, closed
from tests.storage.test_transcripts import PARENT, REPLY

__all__ = ["programme"]
AS = ("--as", "petra")
SAID = "=HYPERLINK(1)\n- # not | markup ``` <b>"


@pytest.fixture
def lived(installed: Installation, programme: Programme) -> Installation:
    """An installation in whose past a burst was closed, and in which one is under way."""
    installed.environment["BURST_PROGRAMME"] = str(DEMO)
    with closing(installed.open()) as store:
        office = Office(store, lambda: programme, TEAM)
        first = closed(office)
        second = open_burst(office, by(RAISER), replace(INTAKE, title='Half a pair, "quoted"'))
        post_update(office, by(RAISER), second.id, SAID)
        with store.write() as unit:
            unit.transcripts.keep(first.id, [PARENT, replace(REPLY, text="```\n# no heading")])
            unit.log.erase(first.id, 1)
    return installed


def exported(lived: Installation, *words: str) -> Path:
    out = lived.folder / "out"
    result = lived.burst("export", "--to", out, *words, *AS)
    assert result.exit_code == 0, result.stderr
    return out


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "csv" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
        return [*csv.DictReader(lines)]


def files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder))


def test_a_burst_is_a_line_with_its_people_and_its_minutes(lived: Installation) -> None:
    first, second = table(exported(lived, "--all", "--format", "csv"), "bursts")
    assert (first["burst"], first["state"], first["outcome"]) == ("BURST-1", "closed", "resolved")
    assert (first["owner"], first["fix"]) == ("Gudrun Vale", "The rule is in place.")
    assert (first["minutes_to_resolve"], first["minutes_over"], first["drill"]) == ("0", "0", "no")
    assert int(first["working_minutes_promised"]) > 0
    assert (second["title"], second["outcome"]) == ('Half a pair, "quoted"', "")


def test_the_minutes_of_every_phase_and_what_was_lost_to_which_cause_are_columns(lived: Installation) -> None:
    week = timedelta(days=7)
    with freeze_time(clock.now() + week):
        out = exported(lived, "--all", "--format", "csv")
    _, second = table(out, "bursts")
    assert int(second["minutes_unaccepted"]) == week / timedelta(minutes=1)
    assert second["minutes_verifying"] == "0"
    (lost,) = table(out, "delays")
    assert (lost["burst"], lost["percent"], lost["minutes"]) == ("BURST-2", "100", second["minutes_over"])
    assert lost["cause"] != ""


def test_every_entry_and_every_clock_is_a_line(lived: Installation) -> None:
    out = exported(lived, "--all", "--format", "csv")
    with closing(lived.open()) as store, store.read() as unit:
        bursts = unit.bursts.get_many([1, 2])
        hashes = [one.entry_hash for number in (1, 2) for one in unit.log.entries(number)]
    assert [line["hash"] for line in table(out, "log")] == hashes
    assert len(table(out, "clocks")) == sum(len(burst.clocks) for burst in bursts.values())


def test_what_somebody_wrote_is_no_formula_and_what_was_erased_is_gone(lived: Installation) -> None:
    log = table(exported(lived, "--all", "--format", "csv"), "log")
    update = next(line for line in log if line["kind"] == "update")
    assert update["text"] == "'=HYPERLINK(1)\n'- # not | markup ``` <b>"
    assert [(line["entry"], line["text"]) for line in log if line["erased"] == "yes"] == [("1", "(erased)")]


def test_lines_end_as_the_standard_says(lived: Installation) -> None:
    raw = (exported(lived, "BURST-1", "--format", "csv") / "csv" / "bursts.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfburst,title,family,")
    assert raw.count(b"\r\n") == 2


def test_an_empty_period_has_its_headings(lived: Installation) -> None:
    out = exported(lived, "--until", "1999-01-01", "--format", "csv", "--format", "markdown")
    assert [*files(out)] == [
        "SHA256SUMS",
        "csv/bursts.csv",
        "csv/clocks.csv",
        "csv/delays.csv",
        "csv/log.csv",
        "manifest.json",
        "markdown/index.md",
    ]
    assert table(out, "clocks") == []


def test_a_year_is_a_folder_with_a_file_for_each_burst_and_a_list(lived: Installation) -> None:
    out = exported(lived, "--all", "--format", "markdown")
    year = next(path for path in (out / "markdown").iterdir() if path.is_dir())
    assert sorted(path.name for path in year.iterdir()) == ["BURST-1.md", "BURST-2.md", "index.md"]
    assert f"- [{year.name}]({year.name}/index.md): 2" in (out / "markdown" / "index.md").read_text("utf-8")
    listed = (year / "index.md").read_text("utf-8")
    assert '| [BURST-2](BURST-2.md) | Half a pair, "quoted" | sev2 | SBH | Not closed |' in listed


def test_a_burst_is_read_with_its_log_and_its_transcript(lived: Installation) -> None:
    out = exported(lived, "BURST-1", "BURST-2", "--format", "markdown")
    first, second = sorted((out / "markdown").glob("*/BURST-*.md"))
    text = first.read_text(encoding="utf-8")
    assert text.startswith("# BURST-1 · Firewall rule for the viewer missing\n")
    assert text.index("\n## The whole log\n") < text.index("\n## Transcript\n")
    assert "\n    " + " " * 8 + "# no heading\n" in text
    assert "\\# not \\| markup \\`\\`\\` \\<b\\>" in second.read_text(encoding="utf-8")


def test_a_burst_is_a_paper_to_file_the_same_bytes_each_time(lived: Installation) -> None:
    first = exported(lived, "BURST-1", "--format", "pdf")
    again = lived.folder / "again"
    lived.burst("export", "--to", again, "BURST-1", "--format", "pdf", *AS)
    (paper,) = (first / "pdf").glob("*/BURST-1.pdf")
    assert paper.read_bytes().startswith(b"%PDF-")
    assert (again / paper.relative_to(first)).read_bytes() == paper.read_bytes()


def test_all_formats_tell_of_one_moment_and_every_file_is_listed(lived: Installation) -> None:
    out = exported(
        lived, "--all", *(word for name in ("pdf", "markdown", "csv", "jsonl") for word in ("--format", name))
    )
    manifest = json.loads((out / "manifest.json").read_bytes())
    assert (manifest["formats"], manifest["bursts"]) == (["jsonl", "csv", "markdown", "pdf"], 2)
    listed = dict(sums_of(out, manifest))
    assert {*listed, "SHA256SUMS", "manifest.json"} == {*files(out)}
    assert {name: digest_of(out / name) for name in listed} == listed


def test_what_is_for_people_only_cannot_be_imported(lived: Installation, tmp_path: Path) -> None:
    out = exported(lived, "--all", "--format", "csv")
    fresh = Installation(tmp_path / "fresh")
    fresh.environment["BURST_PROGRAMME"] = str(DEMO)
    fresh.upgrade()
    result = fresh.burst("import", out, *AS)
    assert (result.exit_code, "was not exported as jsonl" in result.stderr) == (1, True)


def test_a_person_is_told_how_much_it_was(lived: Installation) -> None:
    out = lived.folder / "out"
    result = lived.burst("export", "--to", out, "--all", "--format", "csv", *AS)
    assert result.stdout == f"Exported to {out}: bursts: 2.\n"
