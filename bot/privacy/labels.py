"""The words that announce an identifier, in the languages of the locales, without accents and in lower case.

``{no}`` stands for any word for "number", and for none where it is followed by ``?``.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from bot.privacy.spelling import slips
from bot.privacy.terms import Category

_NUMBER = (
    "no",
    "nr",
    "nbr",
    "num",
    "numb",
    "number",
    "#",
    "id",
    "ids",
    "ident",
    "identifier",
    "numbers",
    "nos",
    "n",
)
_PATIENT = ("patient", "patients", "pat", "pt", "pts", "pnt")

MRN = (
    "mrn", "m r n", "mrns", "mnr", "empi", "eMPI id", "medical record {no?}", "medical records {no}",
    "med rec {no?}", "medrec {no?}", "med record {no}", "medical rec {no?}", "medical {no}", "med {no}", "mr {no}",
    "{patient} {no}", "patid", "ptid", "patnr", "patno", "ptno", "pid {no}", "patient key", "{patient} record {no?}",
    "{patient} code", "{patient} ref", "{patient} reference", "{patient} mrn",
    "other patient ids", "patient identification {no?}", "{patient} hospital {no}", "{patient} file {no}",
    "hospital {no}", "hosp {no}", "hospital record {no}", "hospital unit {no}", "unit {no}", "unit record {no}",
    "chart {no?}", "charts {no}", "casenote {no?}", "casenotes {no?}", "case note {no?}", "case notes {no?}",
    "hospital patient {no}", "district {no}", "folder {no}", "urn", "ur {no}", "crn", "clinic {no}", "local patient {no}",
    "radiology {no}", "xray {no}", "x ray {no}", "pas {no}", "dossier {no}",
    "encounter {no?}", "csn", "visit {no}", "admission {no}", "episode {no}", "fin", "fin {no}", "har {no?}",
    "{patient} account {no?}", "hospital account {no}", "acct {no}",
    "patienten {no}", "patientennummer", "patientenid", "patientnummer", "patientnr", "patienten nummer", "fallnummer",
    "fall {no}", "aufnahmenummer", "aufnahme {no}", "krankenaktennummer",
    "numero de dossier", "no dossier", "n dossier", "dossier no", "jacket {no}", "mpi {no}", "uhid", "subject id", "no de dossier", "n de dossier", "dossier patient", "numero patient", "no patient", "n patient",
    "ipp", "nip", "iep", "identifiant patient",
    "historia clinica", "numero de historia", "no de historia", "no historia", "nhc", "numero de historia clinica",
    "cartella clinica", "numero cartella", "id paziente", "codice paziente",
    "patient nummer", "journalnummer", "journal {no}",
)  # fmt: skip

ACCESSION = (
    "accession {no?}", "accessions", "accession numbers", "access no", "accn {no?}", "acsn {no?}", "acc {no?}", "acc num",
    "accno", "accnum", "accnr", "acn", "acc n", "accessionnr", "anr", "study accession {no?}",
    "placer order {no?}", "filler order {no?}", "placer {no?}", "filler {no?}", "imaging order {no}",
    "placer order number imaging service request", "filler order number imaging service request",
    "radiology order {no}", "ris order {no}", "exam {no}", "examination {no}", "requisition {no}", "ris {no}",
    "requested procedure id", "requested procedure {no}", "rp id", "imaging request {no}", "exam order {no}",
    "study order {no}", "order accession", "auftragsnummer", "anforderungsnummer", "untersuchungsnummer",
    "a n", "numero d'examen", "no d'examen", "numero d accession",
)  # fmt: skip

DOB = (
    "dob", "d o b", "dobs", "date of birth", "dates of birth", "birth date", "birthdate", "birth", "birthday", "birth day",
    "bday", "b day", "bdate", "born", "born on", "date birth", "patient birth date", "dte of birth", "patdob", "ptdob",
    "birth dt", "date of b", "year of birth",
    "geb", "geb datum", "birth datum", "geb am", "geboren", "geboren am", "geburtsdatum", "geburtstag", "gebdatum", "gebdat", "geboortedatum", "geboren op",
    "date de naissance", "ne le", "nee le", "naissance", "ddn", "fecha de nacimiento", "nacido", "nacida", "nacimiento",
    "data di nascita", "nato il", "nata il", "nascita", "data de nascimento", "fodselsdato", "fodt", "fodelsedatum", "fodd",
)  # fmt: skip

INSURANCE = (
    "insurance {no}", "insurance policy {no?}", "health plan {no}", "healthplan {no}", "member {no}", "membership {no}",
    "subscriber {no}", "beneficiary {no}", "medicaid {no?}", "medicare {no?}", "health insurance {no?}", "ins {no}", "policy holder {no}",
    "insurance member {no}", "insurance group {no}", "health card {no}", "ehic {no?}", "hicn", "insured {no}", "insurance",
    "versicherungsnummer", "versichertennummer", "versicherten {no}", "numero de mutuelle", "tarjeta sanitaria", "cip",
)  # fmt: skip

PASSPORT = (
    "passport {no?}", "driving licence {no?}", "driver licence {no?}", "drivers license {no?}", "driver license {no?}",
    "drivers licence {no?}", "driving license {no?}", "licence plate", "national id {no?}", "national identity {no?}",
    "identity card {no?}", "id card {no}", "personalausweis {no?}", "numero d'identite",
)  # fmt: skip

NAME = (
    "{patient} name", "{patient} full name", "{patient} names", "{patient} surname", "{patient} last name", "patient s name",
    "{patient} first name", "{patient} family name", "{patient} given name", "name of {patient}", "name of the {patient}", "patname",
    "ptname", "other patient names", "patient mother birth name", "patient birth name", "name on banner", "name on the banner",
    "patientenname", "name des patienten", "nom du patient", "nom patient", "nombre del paciente", "nombre paciente",
    "nome del paziente", "nome paziente", "naam patient", "naam van de patient", "{patient} naam",
)  # fmt: skip

ADDRESS = (
    "{patient} address",
    "{patient} home address",
    "home address",
    "lives at",
    "living at",
    "resides at",
    "residing at",
    "wohnhaft in",
    "wohnt in",
    "domicilie",
    "adresse du patient",
    "{patient} postcode",
    "{patient} zip",
)

# Fields of HL7 segments by what they hold (HL7 2.5.1, chapters 3 and 4).
FIELDS: Mapping[Category, tuple[str, ...]] = {
    Category.MRN: ("pid-2", "pid-3", "pid-4", "pid-18", "mrg-1", "pv1-19"),
    Category.PATIENT_NAME: ("pid-5", "mrg-7", "nk1-2"),
    Category.DOB: ("pid-7",),
    Category.ACCESSION: ("orc-2", "orc-3", "obr-2", "obr-3", "obr-18", "obr-19", "ipc-1", "ipc-2"),
}

LABELS: Mapping[Category, tuple[str, ...]] = {
    Category.MRN: MRN,
    Category.ACCESSION: ACCESSION,
    Category.DOB: DOB,
    Category.INSURANCE: INSURANCE,
    Category.NATIONAL_ID: PASSPORT,
    Category.PATIENT_NAME: NAME,
    Category.ADDRESS: ADDRESS,
}


def _tags(*tags: str) -> tuple[tuple[str, ...], ...]:
    """``0010,0020`` as the words of ``(0010,0020)``, ``00100020`` and ``0x0010,0x0020``."""
    written: list[tuple[str, ...]] = []
    for tag in tags:
        group, element = tag.split(",")
        written += [(group, sign, element) for sign in (",", ":", "|")]
        written += [(group, element), (group + element,), (group, ",", "0", "x", element)]
    return tuple(written)


# Attributes whose value names a patient or an order (DICOM PS3.15, table E.1-1), and how it is read.
DICOM_TAGS = (
    (Category.DICOM_DUMP, "name", _tags("0010,0010", "0010,1001", "0010,1005", "0010,1060")),
    (Category.DICOM_DUMP, "number", _tags("0010,0020", "0010,1000", "0010,1002", "0010,2154")),
    (Category.DICOM_DUMP, "date", _tags("0010,0030", "0010,0032")),
    (Category.DICOM_DUMP, "any", _tags("0010,1040")),
    (Category.ACCESSION, "number", _tags("0008,0050", "0040,1001", "0040,2016", "0040,2017")),
)


def phrases(patterns: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Every phrase that ``patterns`` stand for, as words; those of several words also run together."""
    for pattern in patterns:
        choices = [_choices(word) for word in pattern.lower().replace("-", " ").split()]
        for chosen in product(*choices):
            words = tuple(word for word in chosen if word)
            yield words
            if len(words) > 1 and "#" not in words and len(words[0]) > 1:
                yield ("".join(words),)


def _choices(word: str) -> tuple[str, ...]:
    return {"{no}": _NUMBER, "{no?}": (*_NUMBER, ""), "{patient}": _PATIENT}.get(word, (word,))


SLIPS = slips(
    ("patient", "patients", "patientid", "accession", "medical", "record", "hospital", "number", "birth", "birthdate",
     "birthday", "security", "insurance", "identifier", "identification", "social", "medicare", "passport", "geburtsdatum")
)  # fmt: skip
