"""docs/adding-a-family.md, executed: a ninth kind of blocker from the file to its first burst, without Python."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from bot.cli.main import main
from bot.operations.office import Office
from bot.programme import Programme, load, starter
from bot.programme.overlay import laid_over
from bot.programme.tree import parse_yaml
from bot.reports.labelling import labels_for
from bot.slack.views.card import card
from tests.handlers.workspace import RAISER, TEAM, Workspace, words_of
from tests.store_fixtures import Database
from tests.unit.programme_files import save

TEXT = (Path(__file__).parents[2] / "docs" / "adding-a-family.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    """The fenced block of the page that follows its mark."""
    found = re.search(rf"^<!-- {name} -->\n```\w+\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def listed(name: str) -> list[str]:
    """The list or table of the page that follows its mark, line by line."""
    found = re.search(rf"^<!-- {name} -->\n(.*?)\n\n", TEXT, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1].splitlines()


ANSWERS = dict(re.findall(r"^\| `(\w+)` \| `(.*)` \|$", "\n".join(listed("answers")), re.MULTILINE))
TOLD = [line.removeprefix("- ") for line in listed("told")]


@pytest.fixture(name="file")
def written(tmp_path: Path) -> Path:
    """The starter with the page's family in it."""
    family = parse_yaml(block("family"))
    assert family.problems == []
    content = laid_over(parse_yaml(starter()).value, family.value)
    return save(tmp_path, yaml.safe_dump(content, sort_keys=False))


@pytest.fixture(name="programme")
def loaded(file: Path) -> Programme:
    return load(file)


@pytest.fixture(name="office")
def serving(sqlite: Database, programme: Programme) -> Iterator[Office]:
    with sqlite.opened() as store:
        yield Office(store, lambda: programme, TEAM)


def run(line: str, file: Path) -> Result:
    """One command of the page, on the file."""
    words = shlex.split(line.replace("programme.yml", str(file)))
    return CliRunner().invoke(main, words[1:])


def test_the_command_finds_nothing_to_say_about_it(file: Path) -> None:
    checked = run(block("check"), file)

    assert checked.exit_code == 0, checked.output
    assert "dose_report" not in checked.output


def test_explain_tells_what_the_page_says(file: Path) -> None:
    explained = run(block("explain"), file)

    assert explained.exit_code == 0, explained.output
    assert "sev2" in explained.output
    assert "sev4" in explained.output
    assert "Clinical engineer" in explained.output


def test_it_is_the_last_choice_and_its_questions_are_page_2(slack: Workspace, programme: Programme) -> None:
    slack.command(RAISER, "")
    kinds = next(one for one in slack.shown["blocks"] if one["block_id"] == "family")["element"]["options"]

    assert kinds[-1]["text"]["text"] == "Dose report missing"
    assert list(ANSWERS) == [question.id for question in programme.families["dose_report"].form]


def test_the_first_burst_tells_everything_that_the_page_promises(slack: Workspace) -> None:
    slack.command(RAISER, "")
    page_1 = {
        "family": "dose_report",
        "title": "No dose reports of the new scanner",
        "sites": ["MAIN"],
        "stage": "go_live",
        "impact": "3",
        "urgency": "3",
        "workflow_impact": "Nobody can tell the dose of 40 scans a day since the scanner went live.",
    }
    page_2 = slack.submit(RAISER, slack.shown, page_1).view
    typed = {f"f_{question}": answer for question, answer in ANSWERS.items()}

    last = slack.submit(RAISER, page_2, {**typed, "workaround": "none"}).view

    burst = slack.burst()
    with slack.office.store.read() as unit:
        shown = words_of(
            card(burst, labels_for(unit, slack.office.programme(), burst), now=burst.opened_at).blocks
        )
    assert [line for line in TOLD if line not in words_of(last)] == []
    assert [line for line in TOLD[:-1] if line not in shown] == []
    assert f'"{burst.checklist[0].text}"' in TEXT
    assert burst.checklist[0].blocks_closure


def test_one_line_opens_it_too(slack: Workspace) -> None:
    (line,) = re.findall(r"`/burst (open dose_report .*?) <title>`", TEXT)

    slack.command(RAISER, f"{line} No dose reports of the new scanner")

    assert slack.burst().family == "dose_report"
    assert slack.burst().checklist[0].source == "intake"
