"""Names of channels."""

import pytest

from bot.sandbox.rules.names import check_channel_name


@pytest.mark.parametrize("name", ["general", "burst-42-dicom-mapping-ngh", "a", "4", "a_b-c", "x" * 80, "-a"])
def test_lower_case_letters_digits_hyphens_and_underscores_make_a_name(name: str) -> None:
    assert check_channel_name(name) is None


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", "invalid_name_required"),
        ("x" * 81, "invalid_name_maxlength"),
        ("---", "invalid_name_punctuation"),
        ("_", "invalid_name_punctuation"),
        ("!?", "invalid_name_punctuation"),
        ("General", "invalid_name_specials"),
        ("two words", "invalid_name_specials"),
        ("a.b", "invalid_name_specials"),
        ("#general", "invalid_name_specials"),
        ("größe", "invalid_name_specials"),
        ("general\n", "invalid_name_specials"),
        ("\N{ARABIC-INDIC DIGIT ONE}", "invalid_name_specials"),
        ("here", "invalid_name"),
        ("archives", "invalid_name"),
    ],
)
def test_any_other_name_is_refused_with_slack_s_own_code(name: str, error: str) -> None:
    assert check_channel_name(name) == error
