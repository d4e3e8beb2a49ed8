"""What was entered into the inputs of a form, as the workspace takes it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData, UploadFile

from bot.sandbox.rules.entered import SLOTS
from bot.sandbox.rules.placement import placed
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.values import JsonObject
from bot.sandbox.workspace.files import File

SEPARATOR = "|"
"""Between block_id and action_id in the name of a field."""

Typed = dict[str, dict[str, Any]]


async def typed_values(sandbox: Sandbox, user: str, blocks: Iterable[JsonObject], form: FormData) -> Typed:
    """What each input of `blocks` holds by the form, by block_id and action_id; untouched ones included.

    An element that was not drawn in the form is left out. Files become files of `user` in the workspace.
    """
    values: Typed = {}
    drawn = set(form.getlist("drawn"))
    for place in placed(blocks):
        kind = str(place.element.get("type"))
        name = f"{place.block.get('block_id')}{SEPARATOR}{place.element.get('action_id')}"
        if kind in SLOTS and name in drawn:
            given = form.getlist(name)
            value = await _held(sandbox, user, place.element, given)
            block_id, action_id = name.split(SEPARATOR, 1)
            values.setdefault(block_id, {})[action_id] = value
    return values


async def typed_before(
    sandbox: Sandbox, user: str, blocks: Iterable[JsonObject], form: FormData, name: str
) -> Any:
    """What the field ``name`` holds, whose block has another id by now; the element is known by its action_id."""
    action_id = name.rpartition(SEPARATOR)[2]
    for place in placed(blocks):
        if place.element.get("action_id") == action_id and place.element.get("type") in SLOTS:
            return await _held(sandbox, user, place.element, form.getlist(name))
    return None


async def _held(sandbox: Sandbox, user: str, element: Mapping[str, Any], given: list[Any]) -> Any:
    kind = str(element["type"])
    if kind == "file_input":
        return [
            await _uploaded(sandbox, user, one)
            for one in given
            if isinstance(one, UploadFile) and one.filename
        ]
    texts = [one for one in given if isinstance(one, str) and one]
    if SLOTS[kind].several:
        return texts
    if not texts:
        return None
    if kind == "datetimepicker":
        zone = ZoneInfo(sandbox.workspace.people.user(user).tz)
        return int(datetime.fromisoformat(texts[0]).replace(tzinfo=zone).timestamp())
    # A browser writes the end of a line as CR LF; Slack does not.
    return texts[0].replace("\r\n", "\n")


async def _uploaded(sandbox: Sandbox, user: str, dropped: UploadFile) -> JsonObject:
    content = await dropped.read()
    file = File(
        id=sandbox.workspace.identifiers.new("F"),
        name=dropped.filename or "file",
        length=len(content),
        owner=user,
        content=content,
        completed=True,
    )
    sandbox.workspace.files.files[file.id] = file
    return file.as_json(sandbox.base_url)
