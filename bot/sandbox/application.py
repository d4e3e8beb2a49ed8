"""The sandbox as one web application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from bot.sandbox import routes
from bot.sandbox.control import acts, sights, weather, workspace
from bot.sandbox.errors import Impossible, SlackError
from bot.sandbox.page.application import add_page
from bot.sandbox.sandbox import Sandbox


def application(sandbox: Sandbox) -> FastAPI:
    """Return the application: Slack under /api, the page at /, the control API under /sandbox (docs at /docs)."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await sandbox.courier.close()
        if sandbox.requests is not None:
            await sandbox.requests.close()

    app = FastAPI(title="A local Slack workspace", lifespan=lifespan)
    for part in (routes, acts, sights, workspace, weather):
        app.include_router(part.routes(sandbox))

    add_page(app, sandbox)

    @app.exception_handler(Impossible)
    async def impossible(_request: Request, error: Impossible) -> JSONResponse:
        return JSONResponse({"error": str(error)}, status_code=409)

    @app.exception_handler(SlackError)
    async def refused(_request: Request, error: SlackError) -> JSONResponse:
        return JSONResponse({"error": error.code}, status_code=409)

    return app
