"""The addresses by which a person does something; each answers what is then to be drawn."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from starlette.datastructures import FormData, UploadFile

from bot.sandbox.acting import channels, clicks, commands, shortcuts, submissions, writing
from bot.sandbox.acting.clicks import Touch
from bot.sandbox.errors import Impossible
from bot.sandbox.page.desk import Desk
from bot.sandbox.page.guarding import require_own
from bot.sandbox.page.typed import SEPARATOR, typed_before, typed_values
from bot.sandbox.page.wording import outcome_words
from bot.sandbox.values import JsonObject


def routes(desk: Desk) -> APIRouter:
    """Return the routes of acts; forms in, fragments of the page out."""
    router = APIRouter(include_in_schema=False, dependencies=[Depends(require_own)])
    _writing(router, desk)
    _messages(router, desk)
    _interacting(router, desk)
    _modals(router, desk)
    return router


def _writing(router: APIRouter, desk: Desk) -> None:
    stage = desk.sandbox.stage

    @router.post("/as/{handle}/{place}/say")
    async def say(handle: str, place: str, request: Request) -> Response:
        person = stage.actor(handle)
        channel = stage.channel(person, place)
        async with request.form() as form:
            text, thread = _text(form, "text").strip(), _text(form, "thread") or None
            dropped = form.get("file")
            if isinstance(dropped, UploadFile) and dropped.filename:
                file = writing.FileToShare(dropped.filename, await dropped.read(), text, thread)
                writing.upload(stage, person, channel, file)
            elif text.startswith("/"):
                shown = await commands.run_command(stage, person, channel, text)
                return desk.toast(outcome_words(shown["outcome"], shown.get("problems")))
            elif text:
                writing.say(stage, person, channel, text, thread, broadcast="broadcast" in form)
        return desk.toast("")

    @router.post("/as/{handle}/{place}/join")
    async def join(handle: str, place: str) -> Response:
        person = stage.actor(handle)
        channels.change(stage, person, stage.channel(person, place), "join", "")
        return desk.toast("")


def _messages(router: APIRouter, desk: Desk) -> None:
    stage = desk.sandbox.stage

    @router.post("/as/{handle}/{place}/message/{ts}/{what}")
    async def change(
        handle: str, place: str, ts: str, what: str, name: str = "", text: Annotated[str, Form()] = ""
    ) -> Response:
        person = stage.actor(handle)
        channel = stage.channel(person, place)
        message = clicks.seen_message(person, channel, ts)
        if what == "react":
            taken_back = person.id in message.reactions.get(name, [])
            writing.react(stage, person, channel, ts, name, remove=taken_back)
        elif what == "pin":
            pinned = any(one.ts == ts for one in channel.pins)
            writing.pin(stage, person, channel, ts, remove=pinned)
        elif what == "delete":
            writing.delete(stage, person, channel, ts)
        elif what == "edit":
            writing.edit(stage, person, channel, ts, text)
        elif what == "shortcut":
            shown = await shortcuts.run_on_message(stage, person, name, channel, ts)
            return desk.toast(outcome_words(shown["outcome"]))
        else:
            raise Impossible(f"Nothing called {what} can be done to a message.")
        return desk.toast("")


def _interacting(router: APIRouter, desk: Desk) -> None:
    stage = desk.sandbox.stage

    @router.post("/as/{handle}/{place}/click")
    async def click(handle: str, place: str, request: Request) -> Response:
        person = stage.actor(handle)
        channel = stage.channel(person, place)
        async with request.form() as form:
            message = clicks.seen_message(person, channel, _text(form, "ts"))
            touch = await _touch(desk, person.id, message.blocks, form)
        shown = await clicks.click_in_message(stage, person, channel, message.ts, touch)
        return desk.toast(outcome_words(shown["outcome"]))

    @router.post("/as/{handle}/shortcut/{callback_id}")
    async def shortcut(handle: str, callback_id: str) -> Response:
        shown = await shortcuts.run_global(stage, stage.actor(handle), callback_id)
        return desk.toast(outcome_words(shown["outcome"]))

    @router.post("/as/{handle}/home")
    async def home(handle: str) -> Response:
        shortcuts.open_home(stage, stage.actor(handle), "home")
        return desk.toast("")


def _modals(router: APIRouter, desk: Desk) -> None:
    stage = desk.sandbox.stage

    @router.post("/as/{handle}/view/{view_id}/click")
    async def click(handle: str, view_id: str, request: Request) -> Response:
        person = stage.actor(handle)
        view = stage.view(person, view_id)
        async with request.form() as form:
            touch = await _touch(desk, person.id, view.body["blocks"], form)
        shown = await clicks.click_in_view(stage, person, view, touch)
        if view.kind == "home":
            return desk.toast(outcome_words(shown["outcome"]))
        return desk.drawn("modal.html", **desk.modal(person, wrong=outcome_words(shown["outcome"])))

    @router.post("/as/{handle}/view/{view_id}/submit")
    async def submit(handle: str, view_id: str, request: Request) -> Response:
        person = stage.actor(handle)
        view = stage.view(person, view_id)
        async with request.form() as form:
            values = await typed_values(desk.sandbox, person.id, view.body["blocks"], form)
        shown = await submissions.submit(stage, person, view, values)
        wrong = outcome_words(shown["outcome"], shown.get("problems"))
        return desk.drawn("modal.html", **desk.modal(person, shown["errors"], wrong))

    @router.post("/as/{handle}/view/{view_id}/close")
    async def close(handle: str, view_id: str) -> Response:
        person = stage.actor(handle)
        await submissions.close(stage, person, stage.view(person, view_id), everything=False)
        return desk.drawn("modal.html", **desk.modal(person))


async def _touch(desk: Desk, user: str, blocks: list[JsonObject], form: FormData) -> Touch:
    values = await typed_values(desk.sandbox, user, blocks, form)
    action_id, block_id = _text(form, "action_id"), _text(form, "block_id")
    # Blocks get new ids when a message is edited: whoever touched what was just drawn anew means the same element.
    is_there = any(block.get("block_id") == block_id for block in blocks)
    value: Any = form.get("value")
    if value is None and is_there:
        value = values.get(block_id, {}).get(action_id)
    elif value is None:
        value = await typed_before(desk.sandbox, user, blocks, form, f"{block_id}{SEPARATOR}{action_id}")
    return Touch(action_id, block_id if is_there else None, value, values)


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""
