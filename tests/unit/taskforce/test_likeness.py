"""When two blockers look alike."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.programme import load
from bot.taskforce.burst import Answer, Burst
from bot.taskforce.likeness import Likeness, likeness
from tests.unit.taskforce.cases import opened

FAMILIES = load(Path(__file__).parents[3] / "bot" / "demo" / "programme.yml").families


def standing(family: str, **answers: Answer) -> Burst:
    return replace(opened(), family=family, title="Chest layout hangs", sites=("NGH",), answers=answers)


def alike(
    burst: Burst,
    family: str,
    title: str = "Quite another matter",
    sites: tuple[str, ...] = ("LKC",),
    answers: Mapping[str, Answer] | None = None,
) -> bool:
    return compared(burst, family, title, sites, answers).strength > 0


def compared(
    burst: Burst,
    family: str,
    title: str = "Quite another matter",
    sites: tuple[str, ...] = ("LKC",),
    answers: Mapping[str, Answer] | None = None,
) -> Likeness:
    return likeness(burst, family=FAMILIES[family], title=title, sites=sites, answers=answers or {})


def test_the_same_kind_at_one_of_the_same_sites_is_alike() -> None:
    assert alike(standing("dicom_mapping"), "dicom_mapping", sites=("LKC", "NGH"))


def test_the_same_kind_elsewhere_is_not() -> None:
    assert not alike(standing("dicom_mapping"), "dicom_mapping")


def test_another_kind_at_the_same_site_is_not() -> None:
    assert not alike(standing("dicom_mapping"), "user_access", sites=("NGH",))


@pytest.mark.parametrize("title", ["chest layout HANGS", "The chest layout hangs", "layout hangs: chest"])
def test_a_near_title_is_alike_whatever_the_kind(title: str) -> None:
    assert alike(standing("dicom_mapping"), "user_access", title=title)


@pytest.mark.parametrize(
    ("family", "field", "one", "other"),
    [
        ("dicom_mapping", "tag", "(0008,1030) StudyDescription, Modality", "(0008,0060)"),
        ("network_provisioning", "port_protocol", "104/tcp, 443/tcp", "443/TCP\n53/udp"),
        ("user_access", "affected_group", "Night radiographers", "night radiographers"),
        ("dicom_mapping", "tag", "(0008,1030)", "StudyDescription"),
        ("hl7_interface", "interface", "ORD_OUT ->  RIS", "ord_out -> ris"),
        ("user_access", "directory_group", "NGH-PACS-READ", "ngh-pacs-read"),
    ],
)
def test_a_shared_tag_port_group_or_interface_is_alike_at_any_site(
    family: str, field: str, one: str, other: str
) -> None:
    assert alike(standing(family, **{field: one}), family, answers={field: other})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"source_ae": "NGH_CT"}, {"source_ae": "NGH_CT"}),
        ({"tag": ""}, {"tag": ""}),
        ({}, {}),
        ({"tag": ("x",)}, {"tag": ("x",)}),
    ],
)
def test_other_answers_do_not_count(one: Mapping[str, Answer], other: Mapping[str, Answer]) -> None:
    assert not alike(standing("dicom_mapping", **one), "dicom_mapping", answers=other)


def test_it_is_told_how_two_blockers_are_alike() -> None:
    burst = standing("dicom_mapping", tag="StudyDescription")
    found = compared(
        burst, "dicom_mapping", "Chest layouts hang", ("LKC", "NGH"), {"tag": "Modality, (0008,1030)"}
    )
    assert found == Likeness(near_title=True, sites=("NGH",), fields=("tag",))
    assert found.strength == 3


def test_answers_that_no_rule_can_read_are_compared_as_they_stand() -> None:
    assert alike(
        standing("dicom_mapping", tag="Descriptionn"), "dicom_mapping", answers={"tag": "descriptionn"}
    )
