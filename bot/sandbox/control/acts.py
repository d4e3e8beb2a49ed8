"""POST /sandbox/act/...: what a person does."""

from fastapi import APIRouter

from bot.sandbox.acting import channels, clicks, commands, shortcuts, submissions, writing
from bot.sandbox.acting.clicks import Touch
from bot.sandbox.control import models
from bot.sandbox.errors import Impossible
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.values import JsonObject


def routes(sandbox: Sandbox) -> APIRouter:
    """Return the routes of acts; each answers what the person then sees."""
    router = APIRouter(prefix="/sandbox/act", tags=["act"])
    _interacting(router, sandbox)
    _views(router, sandbox)
    _writing(router, sandbox)
    return router


def _interacting(router: APIRouter, sandbox: Sandbox) -> None:
    stage = sandbox.stage

    @router.post("/command")
    async def command(act: models.RunCommand) -> JsonObject:
        person = stage.actor(act.user)
        return await commands.run_command(stage, person, stage.channel(person, act.channel), act.text)

    @router.post("/click")
    async def click(act: models.Click) -> JsonObject:
        person = stage.actor(act.user)
        touch = Touch(act.action_id, act.block_id, act.value, act.values)
        if act.view_id is not None:
            return await clicks.click_in_view(stage, person, stage.view(person, act.view_id), touch)
        if act.channel is None or act.ts is None:
            raise Impossible("A click needs a view_id, or a channel and a ts.")
        channel = stage.channel(person, act.channel)
        return await clicks.click_in_message(stage, person, channel, act.ts, touch)

    @router.post("/shortcut")
    async def shortcut(act: models.RunShortcut) -> JsonObject:
        person = stage.actor(act.user)
        if act.channel is None or act.ts is None:
            return await shortcuts.run_global(stage, person, act.callback_id)
        channel = stage.channel(person, act.channel)
        return await shortcuts.run_on_message(stage, person, act.callback_id, channel, act.ts)


def _views(router: APIRouter, sandbox: Sandbox) -> None:
    stage = sandbox.stage

    @router.post("/suggest")
    async def suggest(act: models.Click) -> JsonObject:
        person = stage.actor(act.user)
        touch = Touch(act.action_id, act.block_id, act.value)
        return await clicks.suggest(stage, person, stage.view(person, act.view_id or ""), touch)

    @router.post("/submit")
    async def submit(act: models.Submit) -> JsonObject:
        person = stage.actor(act.user)
        view = stage.view(person, act.view_id)
        return await submissions.submit(stage, person, view, act.values)

    @router.post("/close")
    async def close(act: models.Close) -> JsonObject:
        person = stage.actor(act.user)
        view = stage.view(person, act.view_id)
        return await submissions.close(stage, person, view, everything=act.everything)

    @router.post("/home")
    async def home(act: models.OpenHome) -> JsonObject:
        return shortcuts.open_home(stage, stage.actor(act.user), act.tab)


def _writing(router: APIRouter, sandbox: Sandbox) -> None:
    stage = sandbox.stage

    @router.post("/post")
    async def post(act: models.PostMessage) -> JsonObject:
        person = stage.actor(act.user)
        channel = stage.channel(person, act.channel)
        return writing.say(stage, person, channel, act.text, act.thread_ts, broadcast=act.broadcast)

    @router.post("/edit")
    async def edit(act: models.EditMessage) -> JsonObject:
        person = stage.actor(act.user)
        return writing.edit(stage, person, stage.channel(person, act.channel), act.ts, act.text)

    @router.post("/delete")
    async def delete(act: models.OnMessage) -> JsonObject:
        person = stage.actor(act.user)
        return writing.delete(stage, person, stage.channel(person, act.channel), act.ts)

    @router.post("/react")
    async def react(act: models.React) -> JsonObject:
        person = stage.actor(act.user)
        channel = stage.channel(person, act.channel)
        return writing.react(stage, person, channel, act.ts, act.name, remove=act.remove)

    @router.post("/pin")
    async def pin(act: models.PinMessage) -> JsonObject:
        person = stage.actor(act.user)
        channel = stage.channel(person, act.channel)
        return writing.pin(stage, person, channel, act.ts, remove=act.remove)

    @router.post("/upload")
    async def upload(act: models.UploadFile) -> JsonObject:
        person = stage.actor(act.user)
        channel = stage.channel(person, act.channel)
        file = writing.FileToShare(act.name, act.content.encode(), act.comment, act.thread_ts)
        return writing.upload(stage, person, channel, file)

    @router.post("/channel")
    async def change(act: models.ChangeChannel) -> JsonObject:
        person = stage.actor(act.user)
        channel = stage.channel(person, act.channel)
        return channels.change(stage, person, channel, act.what, act.value)
