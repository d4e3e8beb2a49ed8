"""The first diagnosis: what the answers of a form already tell, without asking anybody.

It is computed when it is shown, from stored answers and published dictionaries (DICOM, HL7, IANA), and
decides nothing. A note never repeats an answer beyond the technical names that it explains.
"""

from bot.taskforce.diagnosis.reading import Note, diagnose

__all__ = ["Note", "diagnose"]
