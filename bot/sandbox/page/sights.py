"""The addresses that show something: the page, its parts as they change, files, and the names to complete."""

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse, StreamingResponse

from bot.sandbox.errors import Impossible
from bot.sandbox.page.desk import HOME, Desk
from bot.sandbox.page.guarding import HEADERS, require_own
from bot.sandbox.page.inspecting import happened, inspected
from bot.sandbox.values import JsonObject

_SHOWN_INSIDE = ("image/png", "image/jpeg", "image/gif", "application/pdf", "text/plain")


def routes(desk: Desk) -> APIRouter:
    """Return the routes of what is seen; `handle` is who looks, `place` a channel's id, `home` or `app`."""
    router = APIRouter(include_in_schema=False, dependencies=[Depends(require_own)])
    _pages(router, desk)
    _parts(router, desk)
    _behind(router, desk)
    _files(router, desk)
    return router


def _pages(router: APIRouter, desk: Desk) -> None:
    stage = desk.sandbox.stage

    @router.get("/")
    async def choose() -> HTMLResponse:
        return desk.drawn("choose.html", **desk.everybody())

    @router.get("/as/{handle}")
    async def arrive(handle: str) -> RedirectResponse:
        return RedirectResponse(f"/as/{stage.actor(handle).name}/{HOME}")

    @router.get("/as/{handle}/{place}")
    async def page(handle: str, place: str, thread: str = "", before: str = "") -> HTMLResponse:
        person = stage.actor(handle)
        return desk.drawn(
            "page.html",
            **{
                **desk.sidebar(person, place),
                **desk.modal(person),
                **desk.thread(person, place, thread),
                **desk.pane(person, place, before),
                "groups": desk.groups(),
                "shortcuts": [
                    one for one in desk.sandbox.workspace.manifest.shortcuts.values() if one.kind == "global"
                ],
            },
        )


def _parts(router: APIRouter, desk: Desk) -> None:
    stage = desk.sandbox.stage

    @router.get("/as/{handle}/{place}/sidebar")
    async def sidebar(handle: str, place: str) -> HTMLResponse:
        return desk.drawn("sidebar.html", **desk.sidebar(stage.actor(handle), place))

    @router.get("/as/{handle}/{place}/pane")
    async def pane(handle: str, place: str, before: str = "") -> HTMLResponse:
        return desk.drawn("pane.html", **desk.pane(stage.actor(handle), place, before))

    @router.get("/as/{handle}/{place}/thread")
    async def thread(handle: str, place: str, ts: str) -> HTMLResponse:
        return desk.drawn("thread.html", **desk.thread(stage.actor(handle), place, ts))

    @router.get("/page/modal/{handle}")
    async def modal(handle: str, have: str = "") -> Response:
        person = stage.actor(handle)
        top = desk.top_view(person)
        if have == ("" if top is None else f"{top.id} {top.hash}"):
            return Response(status_code=204, headers=HEADERS)
        return desk.drawn("modal.html", **desk.modal(person))

    @router.get("/page/names/{handle}")
    async def names(handle: str) -> JsonObject:
        person = stage.actor(handle)
        manifest = desk.sandbox.workspace.manifest
        channels = desk.sandbox.workspace.conversations.visible_to(person.id)
        return {
            "commands": [
                {"name": one.name, "words": one.words, "about": one.description}
                for one in manifest.commands.values()
            ],
            "people": [{"name": one.name, "about": one.real_name} for one in desk.people()],
            "channels": [
                {"name": one.name, "about": one.topic.value} for one in channels if not one.is_direct
            ],
        }


def _behind(router: APIRouter, desk: Desk) -> None:
    @router.get("/page/inspector")
    async def inspector() -> HTMLResponse:
        return desk.drawn("inspector.html", inspected=inspected(desk))

    @router.get("/page/happening/{way}/{key}")
    async def happening(way: str, key: str) -> HTMLResponse:
        found = happened(desk, way, key)
        if found is None:
            raise Impossible("That is too long ago to be looked at.")
        return desk.drawn("happening.html", one=found)

    @router.get("/page/live")
    async def live() -> StreamingResponse:
        return StreamingResponse(desk.changes.stream(), media_type="text/event-stream", headers=HEADERS)


def _files(router: APIRouter, desk: Desk) -> None:
    stage = desk.sandbox.stage

    @router.get("/as/{handle}/file/{file_id}")
    async def file(handle: str, file_id: str, request: Request) -> Response:
        person = stage.actor(handle)
        found = desk.sandbox.workspace.files.find(file_id)
        conversations = desk.sandbox.workspace.conversations
        places = (conversations.find(channel) for channel in found.shares)
        if not any(place is not None and place.visible_to(person.id) for place in places):
            raise Impossible(f"{person.name} sees no file {file_id}.")
        inside = found.mimetype in _SHOWN_INSIDE and "download" not in request.query_params
        name = found.name.encode("ascii", "replace").decode().replace('"', "'")
        headers = HEADERS | {
            "Content-Disposition": f'{"inline" if inside else "attachment"}; filename="{name}"',
        }
        media = found.mimetype if inside else "application/octet-stream"
        return Response(found.content or b"", media_type=media, headers=headers)
