"""What a person hears of the guard's findings: the kind of identifier, never the identifier."""

from collections.abc import Iterable

from bot.privacy.terms import Category

CALLED: dict[Category, str] = {
    Category.HL7_PID: "an HL7 segment about a patient",
    Category.DICOM_DUMP: "a DICOM header's patient data",
    Category.DICOM_PN: "a name as DICOM and HL7 write it",
    Category.MRN: "a patient or hospital number",
    Category.ACCESSION: "an accession or order number",
    Category.NHS_NUMBER: "an NHS number",
    Category.SSN: "a Social Security number",
    Category.MBI: "a Medicare number",
    Category.INSURANCE: "an insurance number",
    Category.NATIONAL_ID: "a national identity number",
    Category.DOB: "a date of birth",
    Category.INSTANCE_UID: "the UID of a study, series or image",
    Category.PATIENT_NAME: "a person's name",
    Category.AGE_OVER_89: "an age over 89",
    Category.EMAIL: "a private e-mail address",
    Category.PHONE: "a telephone number",
    Category.ADDRESS: "an address",
}


def called(categories: Iterable[Category]) -> str:
    """The categories in words, as in "a date of birth, an age over 89"."""
    return ", ".join(CALLED[category] for category in categories)


def refusal(categories: Iterable[Category]) -> str:
    """Why a text is refused, and what may be given instead."""
    return (
        f"This holds what may identify a patient: {called(categories)}. Nothing of it was stored or posted, but it has"
        " passed through Slack. Please take it out; a pointer is enough, such as 'the case in the exception queue'"
        " or a test patient."
    )


def doubt(categories: Iterable[Category]) -> str:
    """Why a text is asked about."""
    return f"This may be about a patient: {called(categories)}. Take it out, or confirm that it is not."
