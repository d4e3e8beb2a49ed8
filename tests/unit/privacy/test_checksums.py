"""Check digits agree with the examples that the issuing offices publish, and with no neighbour of them."""

from collections.abc import Callable

import pytest

from bot.privacy import checksums

EXAMPLES = [
    (checksums.is_nhs, "943 476 5919"),
    (checksums.is_personnummer, "811218-9876"),
    (checksums.is_german_health_insurance, "A123456780"),
    (checksums.is_nir, "255081416802538"),
    (checksums.is_bsn, "111222333"),
    (checksums.is_dni, "12345678Z"),
    (checksums.is_codice_fiscale, "RSSMRA85T10A562S"),
    (checksums.is_hetu, "131052-308T"),
    (checksums.is_pesel, "44051401359"),
    (checksums.is_belgian, "85.07.30-033.28"),
    (checksums.is_ahv, "756.9217.0769.85"),
    (checksums.is_pps, "1234567T"),
    (checksums.is_austrian, "1237 010180"),
    (checksums.is_rodne_cislo, "575314/1009"),
    (checksums.is_fodselsnummer, "14035700065"),
]


@pytest.mark.parametrize(("is_valid", "number"), EXAMPLES)
def test_an_example_is_valid_and_its_neighbour_is_not(is_valid: Callable[[str], bool], number: str) -> None:
    place = next(place for place, letter in enumerate(number) if letter.isdigit())
    neighbour = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]

    assert is_valid(number)
    assert not is_valid(neighbour)
