"""The notations of the field as people type them: addresses, ports, DICOM attributes, HL7 fields.

Each module parses one notation into values and knows no form. What does not fit raises
``Malformed``, whose message says what is wrong and what is allowed and never repeats what was typed.
"""


class Malformed(ValueError):
    """Text that does not follow its notation; the message is for the person who typed it."""
