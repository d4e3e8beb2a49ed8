"""The guard: what a text holds that may identify a patient."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.privacy.detectors import (
    ages,
    carets,
    contacts,
    dicom,
    file_names,
    hl7,
    identifiers,
    names,
    national,
    tables,
    uids,
)
from bot.privacy.folding import fold
from bot.privacy.terms import EVERYWHERE, Finding, Inspection, Locale
from bot.privacy.tokens import tokens


@dataclass(frozen=True, slots=True)
class Guard:
    """Rules for some ``locales``. Addresses in ``known_domains`` (and below them) are the hospital's or a vendor's."""

    locales: frozenset[Locale] = EVERYWHERE
    known_domains: frozenset[str] = frozenset()

    def inspect(self, text: str) -> Inspection:
        """What ``text`` holds, by place. Takes time in proportion to its length; keeps and logs nothing of it."""
        folded = fold(text)
        return Inspection.of(
            Finding(*folded.span(finding.start, finding.end), finding.category)
            for finding in self._found(folded.text)
        )

    def redact(self, text: str) -> str:
        """``text`` with ``[mrn removed]`` and the like where something was found."""
        kept: list[str] = []
        done = 0
        for start, end, category in _merged(self.inspect(text).findings):
            kept += (text[done:start], f"[{category} removed]")
            done = end
        return "".join([*kept, text[done:]])

    def _found(self, text: str) -> Iterable[Finding]:
        pieces = tokens(text)
        yield from identifiers.find(text, pieces)
        yield from tables.find(text)
        yield from hl7.find(text)
        yield from dicom.find(text)
        yield from carets.find(text)
        yield from uids.find(text)
        yield from national.find(text, self.locales)
        yield from ages.find(text)
        yield from names.find(text)
        yield from file_names.find(text)
        yield from contacts.emails(text, self.known_domains)
        yield from contacts.phones(text, self.locales)
        yield from contacts.addresses(text)


def _merged(findings: Iterable[Finding]) -> list[tuple[int, int, str]]:
    """Places in order, those that overlap as one, which is called by the category that began first."""
    merged: list[tuple[int, int, str]] = []
    for finding in findings:
        if merged and finding.start < merged[-1][1]:
            start, end, category = merged[-1]
            merged[-1] = (start, max(end, finding.end), category)
        else:
            merged.append((finding.start, finding.end, finding.category))
    return merged
