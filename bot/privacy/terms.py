"""The guard's words: what it looks for, how sure it is, and what it says of a text without quoting it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Locale(StrEnum):
    """Whose national identifiers and telephone numbers are looked for."""

    US = "US"
    UK = "UK"
    EU = "EU"


EVERYWHERE = frozenset(Locale)


class Verdict(StrEnum):
    """What has to happen to a text."""

    BLOCK = "block"
    WARN = "warn"
    CLEAN = "clean"


class Category(StrEnum):
    """What was found. ``docs/privacy.md`` says of each what it means."""

    HL7_PID = "hl7_pid"
    DICOM_DUMP = "dicom_dump"
    DICOM_PN = "dicom_pn"
    MRN = "mrn"
    ACCESSION = "accession"
    NHS_NUMBER = "nhs_number"
    SSN = "ssn"
    MBI = "mbi"
    INSURANCE = "insurance"
    NATIONAL_ID = "national_id"
    DOB = "dob"
    INSTANCE_UID = "instance_uid"
    PATIENT_NAME = "patient_name"
    AGE_OVER_89 = "age_over_89"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"

    @property
    def verdict(self) -> Verdict:
        """``BLOCK`` for what identifies a patient, ``WARN`` for what may be about somebody else."""
        return Verdict.WARN if self in _DOUBTFUL else Verdict.BLOCK


_DOUBTFUL = frozenset(
    {Category.PATIENT_NAME, Category.AGE_OVER_89, Category.EMAIL, Category.PHONE, Category.ADDRESS}
)
_ORDER = {category: place for place, category in enumerate(Category)}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One place of a text: ``start`` and ``end`` count its characters. The text itself is never kept."""

    start: int
    end: int
    category: Category


@dataclass(frozen=True, slots=True)
class Inspection:
    """Everything that was found in a text, in the order of the text. Safe to log: it quotes nothing."""

    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Inspection":
        """The inspection with these findings, each once."""
        return cls(tuple(sorted(set(findings))))

    @property
    def verdict(self) -> Verdict:
        """The gravest verdict of its categories, ``CLEAN`` when there are none."""
        verdicts = {category.verdict for category in self.categories}
        return next((one for one in Verdict if one in verdicts), Verdict.CLEAN)

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories that were found, each once, in the order of ``Category``."""
        return tuple(sorted({finding.category for finding in self.findings}, key=_ORDER.__getitem__))
