"""HL7 version 2 fields and components by name (HL7 v2.5.1; IPC of chapter 4, ZDS of IHE RAD TF-2)."""

import re

_REFERENCE = re.compile(
    r"(?P<field>[A-Z][A-Z0-9]{2}-[0-9]{1,3})(?:\[(?P<repetition>[0-9]+)\])?(?:\.(?P<component>[0-9]+))?(?:\.[0-9]+)?"
)
_CODED = ("identifier", "text", "name of the coding system")
_NUMBERED = ("number", "check digit", "check digit scheme", "assigning authority", "identifier type")
_PERSON = ("family name", "given name", "further given names", "suffix", "prefix")
_STAFF = ("id", *_PERSON)
_ENTITY = ("entity identifier", "namespace id", "universal id", "universal id type")
_NAMED = ("namespace id", "universal id", "universal id type")
_TYPED = ("message code", "trigger event", "message structure")
_PLACED = ("point of care", "room", "bed", "facility")
_NONE: tuple[str, ...] = ()

_FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "MSH-3": ("Sending Application", _NAMED),
    "MSH-4": ("Sending Facility", _NAMED),
    "MSH-5": ("Receiving Application", _NAMED),
    "MSH-6": ("Receiving Facility", _NAMED),
    "MSH-7": ("Date/Time of Message", _NONE),
    "MSH-9": ("Message Type", _TYPED),
    "MSH-10": ("Message Control ID", _NONE),
    "MSH-11": ("Processing ID", _NONE),
    "MSH-12": ("Version ID", _NONE),
    "MSH-18": ("Character Set", _NONE),
    "MSA-1": ("Acknowledgment Code", _NONE),
    "MSA-2": ("Message Control ID", _NONE),
    "ERR-2": ("Error Location", _NONE),
    "ERR-3": ("HL7 Error Code", _CODED),
    "ERR-4": ("Severity", _NONE),
    "EVN-2": ("Recorded Date/Time", _NONE),
    "PID-2": ("Patient ID (withdrawn; PID-3 took its place)", _NUMBERED),
    "PID-3": ("Patient Identifier List", _NUMBERED),
    "PID-4": ("Alternate Patient ID (withdrawn)", _NUMBERED),
    "PID-5": ("Patient Name", _PERSON),
    "PID-7": ("Date/Time of Birth", _NONE),
    "PID-8": ("Administrative Sex", _NONE),
    "PID-18": ("Patient Account Number", _NUMBERED),
    "MRG-1": ("Prior Patient Identifier List", _NUMBERED),
    "PV1-2": ("Patient Class", _NONE),
    "PV1-3": ("Assigned Patient Location", _PLACED),
    "PV1-8": ("Referring Doctor", _STAFF),
    "PV1-19": ("Visit Number", _NUMBERED),
    "ORC-1": ("Order Control", _NONE),
    "ORC-2": ("Placer Order Number", _ENTITY),
    "ORC-3": ("Filler Order Number", _ENTITY),
    "ORC-4": ("Placer Group Number", _ENTITY),
    "ORC-5": ("Order Status", _NONE),
    "ORC-7": ("Quantity/Timing", _NONE),
    "ORC-12": ("Ordering Provider", _STAFF),
    "OBR-2": ("Placer Order Number", _ENTITY),
    "OBR-3": ("Filler Order Number", _ENTITY),
    "OBR-4": ("Universal Service Identifier", _CODED),
    "OBR-16": ("Ordering Provider", _STAFF),
    "OBR-18": ("Placer Field 1 (IHE: accession number)", _NONE),
    "OBR-19": ("Placer Field 2 (IHE: requested procedure id)", _NONE),
    "OBR-20": ("Filler Field 1 (IHE: scheduled procedure step id)", _NONE),
    "OBR-21": ("Filler Field 2", _NONE),
    "OBR-24": ("Diagnostic Service Section ID (IHE: modality)", _NONE),
    "OBR-25": ("Result Status", _NONE),
    "OBR-31": ("Reason for Study", _CODED),
    "OBR-44": ("Procedure Code", _CODED),
    "OBX-2": ("Value Type", _NONE),
    "OBX-3": ("Observation Identifier", _CODED),
    "OBX-5": ("Observation Value", _NONE),
    "OBX-11": ("Observation Result Status", _NONE),
    "IPC-1": ("Accession Identifier", _ENTITY),
    "IPC-2": ("Requested Procedure ID", _ENTITY),
    "IPC-3": ("Study Instance UID", _ENTITY),
    "IPC-4": ("Scheduled Procedure Step ID", _ENTITY),
    "IPC-5": ("Modality", _CODED),
    "IPC-6": ("Protocol Code", _CODED),
    "IPC-7": ("Scheduled Station Name", _ENTITY),
    "IPC-8": ("Scheduled Procedure Step Location", _CODED),
    "IPC-9": ("Scheduled AE Title", _NONE),
    "SCH-11": ("Appointment Timing Quantity", _NONE),
    "SCH-25": ("Filler Status Code", _CODED),
    "TXA-2": ("Document Type", _NONE),
    "TXA-12": ("Unique Document Number", _ENTITY),
    "TXA-17": ("Document Completion Status", _NONE),
    "ZDS-1": ("Study Instance UID (IHE)", _ENTITY),
}


def explain(reference: str) -> str | None:
    """One line about a well-formed reference, as in "OBR-4.2 is Universal Service Identifier, text"; None if unknown."""
    found = _REFERENCE.fullmatch(reference)
    known = _FIELDS.get(found["field"]) if found else None
    if found is None or known is None:
        return None
    name, components = known
    number = int(found["component"] or 0)
    if number == 0:
        return f"{reference} is {name}"
    part = components[number - 1] if number <= len(components) else f"component {number}"
    return f"{reference} is {name}, {part}"
