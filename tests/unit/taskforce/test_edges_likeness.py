"""A tag is one thing, though there is a comma in it."""

import pytest

from tests.unit.taskforce.test_likeness import alike, standing


@pytest.mark.parametrize("other", ["(0008,0060)", "(0008,0060), (0010,1030)", "(0028,1030)\n(0008,0060)"])
def test_tags_that_share_a_group_or_an_element_are_not_one_tag(other: str) -> None:
    assert not alike(standing("dicom_mapping", tag="(0008,1030)"), "dicom_mapping", answers={"tag": other})


@pytest.mark.parametrize("other", ["(0008,1030)", "(0010,0010); (0008,1030)", "(0008,0060)\n(0008,1030)"])
def test_the_same_tag_is_found_among_others(other: str) -> None:
    assert alike(standing("dicom_mapping", tag="(0008,1030)"), "dicom_mapping", answers={"tag": other})
