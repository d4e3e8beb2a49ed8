"""The addresses that the app calls: Web API methods, response URLs, uploads, downloads, sockets."""

import json
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response, WebSocket
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.datastructures import UploadFile

from bot.sandbox import wire
from bot.sandbox.errors import SlackError
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.values import JsonObject
from bot.sandbox.web.gateway import Outcome
from bot.sandbox.web.response_url import RESPOND
from bot.sandbox.web.table import METHODS

_GONE = {"expired_url", "used_url", "invalid_url"}


def routes(sandbox: Sandbox) -> APIRouter:
    """Return the routes of Slack itself."""
    router = APIRouter(include_in_schema=False)
    _calls(router, sandbox)
    _files(router, sandbox)

    @router.websocket("/link/")
    async def link(socket: WebSocket) -> None:
        await sandbox.sockets.serve(socket)

    return router


def _calls(router: APIRouter, sandbox: Sandbox) -> None:
    @router.api_route("/api/{method}", methods=["GET", "POST"])
    async def call(method: str, request: Request) -> Response:
        try:
            given, body_token = await _arguments(request)
        except SlackError as error:
            return JSONResponse(error.as_json())
        token = _bearer(request) or body_token
        row = METHODS.get(method)
        response = _response(request, await sandbox.gateway.call(row, method, token, given))
        if token == sandbox.settings.bot_token:
            # Slack names what a token was granted in a header of every answer to it.
            response.headers["X-OAuth-Scopes"] = ",".join(sorted(sandbox.workspace.manifest.scopes))
        return response

    @router.post("/response/{url_id}")
    async def respond(url_id: str, request: Request) -> Response:
        try:
            given, _token = await _arguments(request)
        except SlackError as error:
            return JSONResponse(error.as_json(), status_code=400)
        given["url"] = url_id
        outcome = await sandbox.gateway.call(RESPOND, RESPOND.name, "", given)
        if outcome.body.get("error") in _GONE:
            outcome.status = 404
        return _response(request, outcome)


def _files(router: APIRouter, sandbox: Sandbox) -> None:
    @router.post("/upload/v1/{ticket}")
    async def upload(ticket: str, request: Request) -> Response:
        content = await _bytes(request)
        problem = sandbox.workspace.files.receive(ticket, content)
        if problem is not None:
            return PlainTextResponse(problem, status_code=400)
        return PlainTextResponse(f"OK - {len(content)}")

    @router.get("/files/{file_id}/download/{name}")
    @router.get("/files/{file_id}/{name}")
    async def download(file_id: str, name: str, request: Request) -> Response:
        file = sandbox.workspace.files.files.get(file_id)
        authorised = _bearer(request) == sandbox.settings.bot_token
        if not authorised or "files:read" not in sandbox.workspace.manifest.scopes:
            return HTMLResponse("<!DOCTYPE html><title>Sign in</title>")
        if file is None or file.content is None or file.name != name:
            return PlainTextResponse("not found", status_code=404)
        return Response(file.content, media_type=file.mimetype)


async def _arguments(request: Request) -> tuple[JsonObject, str]:
    """Return the arguments from query and body, and the token if it came among them."""
    given: JsonObject = dict(request.query_params)
    if request.method == "POST":
        content_type = request.headers.get("content-type", "").partition(";")[0].strip()
        if content_type == "application/json":
            given |= _json(await request.body())
        else:
            async with request.form() as form:
                given |= _texts(form)
    return given, str(given.pop("token", ""))


def _json(body: bytes) -> JsonObject:
    try:
        loaded = json.loads(body or b"{}")
    except ValueError as error:
        raise SlackError("invalid_json") from error
    if not isinstance(loaded, dict):
        raise SlackError("json_not_object")
    return loaded


def _texts(form: Mapping[str, Any]) -> JsonObject:
    return {name: value for name, value in form.items() if isinstance(value, str)}


async def _bytes(request: Request) -> bytes:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    async with request.form() as form:
        files = [part for part in form.values() if isinstance(part, UploadFile)]
        return await files[0].read() if files else b""


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _response(request: Request, outcome: Outcome) -> Response:
    if outcome.cut and request.client is not None:
        wire.cut((request.client.host, request.client.port))
        return Response(status_code=500)
    headers = {} if outcome.retry_after is None else {"Retry-After": str(outcome.retry_after)}
    if outcome.text is not None:
        return PlainTextResponse(outcome.text, status_code=outcome.status, headers=headers)
    return JSONResponse(outcome.body, status_code=outcome.status, headers=headers)
