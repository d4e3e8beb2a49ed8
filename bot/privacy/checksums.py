"""Check digits of national identifiers: what tells a number of a person from any other of its length."""

from collections.abc import Iterable, Sequence


def digits(value: str) -> tuple[int, ...]:
    """The digits of ``value`` in order."""
    return tuple(int(letter) for letter in value if letter.isdigit())


def letters_and_digits(value: str) -> str:
    """``value`` without separators, in upper case."""
    return "".join(letter for letter in value.upper() if letter.isalnum())


def weighted(number: Iterable[int], weights: Sequence[int]) -> int:
    """The sum of digits times weights."""
    return sum(digit * weight for digit, weight in zip(number, weights, strict=True))


def is_nhs(value: str) -> bool:
    """NHS number of England and Wales, CHI number, Health and Care number: ten digits, modulus 11."""
    number = digits(value)
    return len(number) == 10 and weighted(number, range(10, 0, -1)) % 11 == 0 and len(set(number)) > 1  # noqa: PLR2004 - ten digits


def is_luhn(value: str) -> bool:
    """Luhn's check: Swedish personal numbers (last ten digits), health cards."""
    number = digits(value)
    doubled = (
        sum(divmod(digit * 2, 10)) if place % 2 else digit for place, digit in enumerate(reversed(number))
    )
    return sum(doubled) % 10 == 0


def is_personnummer(value: str) -> bool:
    """Swedish personal number, with or without the century."""
    return is_luhn("".join(map(str, digits(value)[-10:])))


def is_german_health_insurance(value: str) -> bool:
    """Krankenversichertennummer: the letter as two digits, weights 1 and 2, sum of digits."""
    plain = letters_and_digits(value)
    number = digits(f"{ord(plain[0]) - 64:02d}{plain[1:]}")
    total = sum(sum(divmod(digit * (1 + place % 2), 10)) for place, digit in enumerate(number[:-1]))
    return total % 10 == number[-1]


def is_nir(value: str) -> bool:
    """French numéro de sécurité sociale with its key: 97 less the rest by 97; Corsica's letters count as 19, 18."""
    plain = letters_and_digits(value).replace("2A", "19").replace("2B", "18")
    return plain.isdigit() and 97 - int(plain[:13]) % 97 == int(plain[13:])


def is_bsn(value: str) -> bool:
    """Dutch burgerservicenummer: the eleven test."""
    number = digits(value)
    return weighted(number, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0 and any(number)


def is_dni(value: str) -> bool:
    """Spanish DNI or NIE: the letter is the number modulo 23."""
    plain = letters_and_digits(value)
    number = plain[:-1].replace("X", "0").replace("Y", "1").replace("Z", "2")
    return number.isdigit() and "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23] == plain[-1]


_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)


def is_codice_fiscale(value: str) -> bool:
    """Italian tax code: values of odd and even places, modulo 26."""
    numbers = [
        int(letter) if letter.isdigit() else ord(letter) - ord("A") for letter in letters_and_digits(value)
    ]
    total = sum(number if place % 2 else _ODD[number] for place, number in enumerate(numbers[:-1]))
    return total % 26 == numbers[-1]


def is_hetu(value: str) -> bool:
    """Finnish henkilötunnus: the last sign is the number modulo 31."""
    plain = value.upper()
    return "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(plain[:6] + plain[7:10]) % 31] == plain[-1]


def is_pesel(value: str) -> bool:
    """Polish PESEL: weights 1, 3, 7, 9, modulo 10."""
    return weighted(digits(value), (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10 == 0


def is_belgian(value: str) -> bool:
    """Belgian national number: 97 less the first nine digits by 97, with a 2 before them since 2000."""
    plain = "".join(map(str, digits(value)))
    return any(97 - int(century + plain[:9]) % 97 == int(plain[9:]) for century in ("", "2"))


def is_ahv(value: str) -> bool:
    """Swiss AHV number: weights 1 and 3, modulo 10 (EAN-13)."""
    return weighted(digits(value), (1, 3) * 6 + (1,)) % 10 == 0


def is_fodselsnummer(value: str) -> bool:
    """Norwegian fødselsnummer: both check digits, modulus 11."""
    number = digits(value)
    first = weighted(number[:10], (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)) % 11
    second = weighted(number, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11
    return first == 0 and second == 0


def is_pps(value: str) -> bool:
    """Irish PPS number: weights 8 to 2, a second letter counts nine times, modulo 23."""
    plain = letters_and_digits(value)
    second = plain[8:9]
    extra = 9 * (ord(second) - ord("A") + 1) if second and second != "W" else 0
    total = weighted(digits(plain[:7]), range(8, 1, -1)) + extra
    return "WABCDEFGHIJKLMNOPQRSTUV"[total % 23] == plain[7]


def is_rodne_cislo(value: str) -> bool:
    """Czech and Slovak birth number of ten digits: divisible by 11."""
    return int("".join(map(str, digits(value)))) % 11 == 0


def is_austrian(value: str) -> bool:
    """Austrian social insurance number: the fourth digit checks the others, modulo 11."""
    number = digits(value)
    return weighted((*number[:3], *number[4:]), (3, 7, 9, 5, 8, 4, 2, 1, 6)) % 11 == number[3]
