"""How a refusal is worded: Slack's own words and a JSON pointer to the place.

Slack answers a malformed payload with ``response_metadata.messages``, one line per finding, such as
``[ERROR] must be less than 76 characters [json-pointer:/blocks/0/text/text]``.
"""


def problem(words: str, at: str) -> str:
    """One line as Slack words it: `words` about the value that the JSON pointer `at` names."""
    return f"[ERROR] {words} [json-pointer:{at}]"


def child(at: str, key: object) -> str:
    """The JSON pointer (RFC 6901) of member `key` of the value at pointer `at`."""
    return f"{at}/{str(key).replace('~', '~0').replace('/', '~1')}"
