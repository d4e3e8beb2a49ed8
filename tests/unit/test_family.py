"""Families: what the shipped default holds, and what a field may be."""

import pytest
from pydantic import ValidationError

from bot.taskforce.family import Conditional, FieldType, FormField, Option
from bot.taskforce.predicates import Comparison, Op
from tests.unit.imaging import demo

CHOICES = (Option(id="yes", label="Yes"), Option(id="no", label="No"))


def test_the_default_ships_eight_kinds_of_blocker() -> None:
    assert sorted(demo().families) == [
        "ai_routing",
        "data_migration",
        "dicom_mapping",
        "hl7_interface",
        "network_provisioning",
        "security_review",
        "user_access",
        "validation_defect",
    ]


def test_only_the_security_family_is_private() -> None:
    assert [name for name, family in demo().families.items() if family.private] == ["security_review"]


def test_a_field_is_found_by_its_id() -> None:
    family = demo().families["dicom_mapping"]
    found = family.field("tag")
    assert found is not None
    assert found.type is FieldType.DICOM_ATTRIBUTES
    assert family.field("colour") is None


def test_an_option_that_is_gone_shows_its_id() -> None:
    field = FormField(id="x", label="X", type=FieldType.SELECT, required=True, options=CHOICES)
    assert (field.option_label("yes"), field.option_label("maybe")) == ("Yes", "maybe")


def test_a_choice_needs_options() -> None:
    with pytest.raises(ValidationError, match="needs options"):
        FormField(id="x", label="X", type=FieldType.SELECT, required=True)


def test_a_text_takes_no_options() -> None:
    with pytest.raises(ValidationError, match="takes no options"):
        FormField(id="x", label="X", type=FieldType.TEXT, required=True, min=1, max=9, options=CHOICES)


def test_an_option_is_there_once() -> None:
    with pytest.raises(ValidationError, match="twice"):
        FormField(id="x", label="X", type=FieldType.SELECT, required=True, options=(CHOICES[0], CHOICES[0]))


def test_a_text_needs_bounds_and_they_do_not_cross() -> None:
    with pytest.raises(ValidationError, match="needs min and max"):
        FormField(id="x", label="X", type=FieldType.TEXT, required=True)
    with pytest.raises(ValidationError, match="must not be above"):
        FormField(id="x", label="X", type=FieldType.TEXT, required=True, min=9, max=1)


def test_a_pattern_must_compile_and_stand_where_it_counts() -> None:
    with pytest.raises(ValidationError, match="not a regular expression"):
        FormField(id="x", label="X", type=FieldType.TICKET, required=True, pattern="(")
    with pytest.raises(ValidationError, match="takes no pattern"):
        FormField(id="x", label="X", type=FieldType.DATE, required=True, pattern="x")


def test_identifying_values_are_refused_in_free_text_alone() -> None:
    with pytest.raises(ValidationError, match="takes no identifying_values"):
        FormField(id="x", label="X", type=FieldType.DATE, required=True, identifying_values="refuse")


@pytest.mark.parametrize(("roles", "blocks"), [((), False), (("priv",), True)])
def test_a_conditional_without_a_task_has_roles_and_blocks_nothing(
    roles: tuple[str, ...], blocks: bool
) -> None:
    with pytest.raises(ValidationError, match="needs a task"):
        Conditional(
            id="c", when=Comparison(field="x", op=Op.EQ, value=True), roles=roles, blocks_closure=blocks
        )
