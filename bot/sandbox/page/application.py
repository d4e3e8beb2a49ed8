"""The page of one sandbox, added to its application."""

from pathlib import Path

from fastapi import FastAPI, Response
from fastapi.responses import FileResponse

from bot.sandbox.errors import Impossible
from bot.sandbox.page import acts, inspecting, sights
from bot.sandbox.page.desk import Desk
from bot.sandbox.page.guarding import HEADERS
from bot.sandbox.page.live import Changes, Noticing
from bot.sandbox.page.policy_time import PolicyTime
from bot.sandbox.sandbox import Sandbox

STATIC = Path(__file__).parent / "static"
_FILES = frozenset(file.name for file in STATIC.iterdir())


def add_page(app: FastAPI, sandbox: Sandbox) -> None:
    """Add the page at `/` to `app`, and let it hear of whatever changes."""
    time = PolicyTime(sandbox.settings.clock_file)
    changes = Changes(time.refresh)
    desk = Desk(sandbox, time, changes)
    for part in (sights, acts, inspecting):
        app.include_router(part.routes(desk))
    app.add_middleware(Noticing, changes=changes)

    @app.get("/page/static/{name}", include_in_schema=False)
    async def static(name: str) -> Response:
        if name not in _FILES:
            raise Impossible(f"There is no file {name}.")
        return FileResponse(STATIC / name, headers=HEADERS | {"Cache-Control": "max-age=60"})
