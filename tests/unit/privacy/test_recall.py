"""The guard finds what has to be found and leaves alone what has to be left alone."""

import json
from pathlib import Path

from bot.privacy import Category, Guard, Locale, Verdict
from tests.unit.privacy.labelled import BEGIN, END, PAGE, clean, held, rows, table

GUARD = Guard()


def test_there_are_enough_lines_of_every_category_and_as_many_to_be_left_alone() -> None:
    assert len(held()) + len(clean()) >= 300
    assert min(len(held()), len(clean())) >= 150
    assert {line.heading for line in held()} == set(Category)


def test_98_of_100_lines_to_block_are_found() -> None:
    missed = [
        f"{line.heading}: {line.text}"
        for line in held()
        if Category(line.heading).verdict is Verdict.BLOCK
        and Category(line.heading) not in GUARD.inspect(line.text).categories
    ]

    blocked = sum(row.lines for row in rows() if row.category.verdict is Verdict.BLOCK)
    assert 1 - len(missed) / blocked >= 0.98, missed


def test_at_most_one_of_100_lines_to_be_left_alone_is_not() -> None:
    alarms = [line.text for line in clean() if GUARD.inspect(line.text).verdict is not Verdict.CLEAN]

    assert len(alarms) / len(clean()) <= 0.01, alarms


def test_nine_of_ten_lines_in_doubt_are_found() -> None:
    doubtful = [row for row in rows() if row.category.verdict is Verdict.WARN]

    assert sum(row.found for row in doubtful) / sum(row.lines for row in doubtful) >= 0.9


def test_the_table_in_the_documents_is_current() -> None:
    shown = PAGE.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0]

    assert shown == table(), "run .venv/bin/python -m tests.unit.privacy.labelled"


def test_no_line_that_is_left_alone_depends_on_all_locales() -> None:
    for locale in Locale:
        guard = Guard(locales=frozenset({locale}))
        assert sum(guard.inspect(line.text).verdict is not Verdict.CLEAN for line in clean()) <= 1


def test_the_demonstrations_blockers_are_judged_as_they_are_labelled() -> None:
    blockers = Path(__file__).parents[3] / "bot" / "demo" / "blockers.json"
    for blocker in json.loads(blockers.read_text(encoding="utf-8")):
        fields = {
            "title": blocker["title"],
            "workflow_impact": blocker["workflow_impact"],
            **blocker["details"],
        }
        inspected = {name: GUARD.inspect(str(value)) for name, value in fields.items()}
        refused = {name for name, inspection in inspected.items() if inspection.verdict is not Verdict.CLEAN}
        categories = {category for name in refused for category in inspected[name].categories}

        assert (blocker["id"], refused) == (blocker["id"], set(blocker["phi"]["fields"]))
        assert categories >= set(blocker["phi"]["categories"])
