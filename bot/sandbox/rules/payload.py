"""Arguments of the Web API that are JSON: given as JSON, or as a string of JSON in a form."""

import json
import sys


def decoded(argument: object) -> object:
    """`argument` itself, or what it says where it is a string of JSON, as form-encoded calls send it.

    Raises ValueError where the string is not JSON.
    """
    if not isinstance(argument, str):
        return argument
    try:
        value: object = json.loads(argument)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return value


def size(value: object) -> int:
    """Bytes of `value` as compact JSON in UTF-8; what nests too deeply to be written counts as endless."""
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    except RecursionError:
        return sys.maxsize
    return len(text.encode("utf-8", "surrogatepass"))
