"""The seeded mistakes keep up with the code: `make mutations` takes minutes, this takes none."""

import pytest

from tools.mistakes import Mutation
from tools.mutations import MUTATIONS, ROOT


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.what)
def test_a_mistake_can_be_made_in_one_place(mutation: Mutation) -> None:
    source = (ROOT / mutation.file).read_text(encoding="utf-8")

    assert source.count(mutation.old) == 1
    compile(source.replace(mutation.old, mutation.new), mutation.file, "exec")


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.what)
def test_the_tests_named_beside_a_mistake_exist(mutation: Mutation) -> None:
    assert (ROOT / mutation.tests[0]).exists()


def test_there_are_at_least_twenty_and_no_two_alike() -> None:
    made = {(mutation.file, mutation.old, mutation.new) for mutation in MUTATIONS}

    assert len(made) == len(MUTATIONS) >= 20
