"""One running sandbox: the workspace, and everything around it, wired together."""

from dataclasses import dataclass

from bot.sandbox.acting.stage import Stage
from bot.sandbox.delivery.answer import Outlet
from bot.sandbox.delivery.courier import Courier
from bot.sandbox.delivery.requests import Requests
from bot.sandbox.delivery.sockets import Sockets
from bot.sandbox.faults import Faults
from bot.sandbox.manifest import read_manifest
from bot.sandbox.record import Record
from bot.sandbox.seed import plant, read_seed
from bot.sandbox.settings import SandboxSettings
from bot.sandbox.web.gateway import Gateway, Tokens
from bot.sandbox.web.limits import RateLimits
from bot.sandbox.workspace.workspace import Workspace


@dataclass(frozen=True)
class Sandbox:
    """The parts of a running sandbox; all live on the server's event loop."""

    settings: SandboxSettings
    base_url: str
    workspace: Workspace
    gateway: Gateway
    limits: RateLimits
    faults: Faults
    record: Record
    sockets: Sockets
    requests: Requests | None
    courier: Courier
    stage: Stage


def build(settings: SandboxSettings, base_url: str) -> Sandbox:
    """Wire a sandbox that is reached at `base_url`, with the app installed and the seed planted."""
    workspace = Workspace(read_manifest(settings.manifest))
    if settings.seed is not None:
        plant(workspace, read_seed(settings.seed))
    faults, record = Faults(), Record()
    limits = RateLimits(settings.rate_limit_scale)
    sockets = Sockets(workspace, settings.acknowledge_within)
    requests = _requests(settings)
    outlet: Outlet = requests or sockets
    courier = Courier(workspace, outlet, faults, record, settings.retry_waits_for)
    workspace.listen(courier.event)
    tokens = Tokens(settings.bot_token, settings.app_token)
    return Sandbox(
        settings=settings,
        base_url=base_url,
        workspace=workspace,
        gateway=Gateway(workspace, tokens, limits, faults, record, base_url),
        limits=limits,
        faults=faults,
        record=record,
        sockets=sockets,
        requests=requests,
        courier=courier,
        stage=Stage(workspace, courier, base_url),
    )


def _requests(settings: SandboxSettings) -> Requests | None:
    if settings.deliver_to is None:
        return None
    return Requests(settings.deliver_to, settings.signing_secret, settings.acknowledge_within)
