"""The composition root: the only place where objects are wired together."""

from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import uuid4

import structlog
from prometheus_client import CollectorRegistry

import storage
from bot import clock
from bot.api import server
from bot.api.deliveries import add_deliveries
from bot.api.health import Health, Probe
from bot.api.metrics import Metrics
from bot.config import Config
from bot.errors import BotError, ProgrammeError, SlackFault, TransientFault
from bot.handlers import (
    archive,
    closing,
    correcting,
    covering,
    deciding,
    escalating,
    home,
    log_entries,
    logging_messages,
    looking,
    marking,
    membership,
    opening,
    owning,
    pausing,
    raising,
    transcripts,
    watching,
    working,
)
from bot.operations.current import Current
from bot.operations.office import Office
from bot.operations.watchdog import Watchdog
from bot.programme import Ask, Programme
from bot.programme import load as load_programme
from bot.programme.problems import Problem
from bot.scheduling.jobs import Engine, jobs
from bot.scheduling.ticker import Ticker
from bot.slack import bolt
from bot.slack.command_desk import CommandDesk
from bot.slack.directory import find_named, refresh
from bot.slack.door import Door
from bot.slack.gateway import Gateway, Identity, web_client
from bot.slack.http import deliver
from bot.slack.inspection import Finding, fine, inspect_slack, to_fix
from bot.slack.own_identity import own_identity
from bot.slack.pacing import Pacer
from bot.slack.pulse import Pulse
from bot.slack.sender import Sender
from bot.slack.socket import SocketLine, open_line
from bot.taskforce.auditing.watching import Alarm
from storage.terms import IntentState

log = structlog.get_logger(__name__)

Served = TypeVar("Served")

_ROOMS = (
    opening,
    raising,
    owning,
    covering,
    deciding,
    working,
    pausing,
    escalating,
    closing,
    looking,
    log_entries,
    archive,
    transcripts,
    logging_messages,
    marking,
    correcting,
    membership,
    watching,
    home,
)


class Bot:
    """The whole bot: built from a configuration, started, watched, stopped.

    Raises ``BotError`` in words when something that it needs is not there.
    """

    def __init__(self, config: Config, *, upgrade: bool = False) -> None:
        if config.clock_file is not None:
            clock.use_shift_file(config.clock_file)
        if upgrade:
            storage.upgrade(config.database_url, config.data_dir)
        self.programme_file = _named(config.programme)
        programme = load_programme(self.programme_file)
        config = _routed(config, programme)
        self._metrics = Metrics(CollectorRegistry())
        client = web_client(
            config.bot_token,
            base_url=config.slack_api_url,
            proxy=config.proxy,
            ssl_context=config.ssl_context(),
        )
        self._gateway = Gateway(client, Pacer(), self._metrics.slack_call)
        self._store = storage.Store.open(config.database_url, data_dir=config.data_dir)
        try:
            self._identity = own_identity(self._store, config.bot_token, partial(_identity, self._gateway))
        except BotError:
            self._store.close()
            raise
        self._current = Current(programme, self._store)
        office = Office(
            self._store,
            self._current,
            self._identity.team,
            self._identity.user,
            self._current.learn,
            self._metrics.privacy_event,
        )
        self._office = office
        self._replica = uuid4().hex
        self._sender = Sender(
            self._store, self._gateway, self._current, holder=self._replica, bot_user=self._identity.user
        )
        self._watchdog = Watchdog(office, self._replica)
        engine = Engine(office, self._sender, self._learn_people, config.data_dir, self._watchdog)
        self._ticker = Ticker(jobs(engine))
        self._gauges()
        self._pulse = Pulse()
        slack_app = bolt.build(
            routes(office),
            self._gateway,
            self._identity,
            signing_secret=_secret(config),
            just_woke=self._pulse.just_woke,
        )
        self._line = _socket_line(config, slack_app) if config.mode == "socket" else None
        application = server.build(self._health(), self._metrics.registry)
        if config.mode == "http":
            add_deliveries(application, partial(deliver, slack_app))
        self._server = server.Server(application, config.http_host, config.http_port)

    @property
    def workspace(self) -> str:
        """The id of the workspace served."""
        return self._identity.team

    @property
    def address(self) -> str:
        """Where health and metrics are."""
        return self._server.url

    def start(self) -> None:
        """Serve: listen, tick and connect. Returns at once; people are learned as Slack tells of them."""
        self._pulse.start()
        self._server.start()
        self._ticker.start()
        if self._line is not None:
            self._line.start()
        log.info("serving", workspace=self.workspace, url=self.address, replica=self._replica)

    def stop(self) -> None:
        """Stop taking deliveries, finish what is in hand, and leave the database tidy."""
        if self._line is not None:
            self._line.close()
        self._server.stop()
        self._ticker.stop()
        self._sender.close()
        self._store.close()
        self._pulse.stop()
        log.info("stopped")

    def reload(self) -> tuple[str, ...]:
        """Take the programme file again; its problems when it cannot be served, and then nothing changes."""
        try:
            self._current.replace(load_programme(self.programme_file))
        except BotError as error:
            problems = error.problems if isinstance(error, ProgrammeError) else (str(error),)
            log.warning("programme_refused", file=str(self.programme_file), problems=list(problems))
            return problems
        log.info("programme_taken", file=str(self.programme_file))
        return ()

    def find_people(self) -> None:
        """Ask Slack for the people whom the programme names otherwise than by user id.

        When Slack cannot be asked, the hourly look finds them.
        """
        try:
            find_named(self._gateway, self._office)
        except BotError as fault:
            log.warning("people_not_asked", why=str(fault))

    def _learn_people(self) -> None:
        find_named(self._gateway, self._office)
        refresh(self._gateway, self._office)

    def _health(self) -> Health:
        return Health(
            alive=(
                Probe("engine", lambda: _listed("did not run in time", self._ticker.late())),
                Probe("database", self._database),
            ),
            ready=(
                Probe("socket", self._socket),
                Probe("credentials", self._sender.refused_credentials),
            ),
        )

    def _gauges(self) -> None:
        read = self._metrics.read_on_scrape
        read("outbox_parked", "Intents that a person must look at", lambda: self._counted(IntentState.PARKED))
        read("outbox_held", "Intents that wait for manners", lambda: self._counted(IntentState.HELD))
        read("outbox_held_age_seconds", "Since the oldest of them was made", self._held_for)
        read("outbox_pending", "Intents that wait to be sent", lambda: self._counted(IntentState.PENDING))
        read("watchdog_age_seconds", "Since the watchdog last looked", self._watchdog.age)
        self._metrics.read_each_on_scrape(
            "watchdog_findings",
            "Promises missed in silence",
            "kind",
            {kind.value: partial(self._watchdog.count, kind) for kind in Alarm},
        )
        read("ticker_restarts", "How often the engine had to be restarted", lambda: self._ticker.restarts)

    def _counted(self, state: IntentState) -> int:
        with self._store.read() as unit:
            return unit.outbox.counts()[state]

    def _held_for(self) -> float:
        """Policy seconds since the oldest held intent was made; 0 when nothing is held."""
        with self._store.read() as unit:
            oldest = unit.holding.oldest()
        return 0.0 if oldest is None else max(0.0, (clock.now() - oldest).total_seconds())

    def _socket(self) -> str:
        return "" if self._line is None or self._line.healthy() else "not connected to Slack"

    def _database(self) -> str:
        with self._store.read() as unit:
            unit.ping()
        return ""


def inspect(config: Config) -> list[Finding]:
    """Everything that keeps this configuration from serving, and everything that is fine, for ``burst check``."""
    programme = load_programme(_named(config.programme))
    config = _routed(config, programme)
    gateway = _asking(config)
    findings = [fine("programme", f"{config.programme}")]
    try:
        identity = _identity(gateway)
        findings.append(fine("bot token", f"workspace {identity.team_name or identity.team}"))
        findings += inspect_slack(gateway, identity, programme)
    except SlackFault as fault:
        findings.append(
            to_fix("Slack", f"{fault.method} answered {fault.code}; check SLACK_BOT_TOKEN and the network")
        )
    if config.mode == "socket":
        findings.append(_app_token(config))
    return findings


def slack_problems(config: Config) -> Ask:
    """What Slack says of the channels and people that a programme names, as problems of its file.

    The answer raises ``SlackFault`` when Slack cannot be asked.
    """

    def ask(programme: Programme) -> Iterator[Problem]:
        gateway = _asking(_routed(config, programme))
        for finding in inspect_slack(gateway, _identity(gateway), programme):
            if not finding.fine and finding.path:
                yield Problem(finding.path, f"{finding.what} {finding.words}")

    return ask


def _routed(config: Config, programme: Programme) -> Config:
    """The configuration, with the programme's proxy where the environment names none."""
    return replace(config, other_proxy=programme.proxy_for(urlsplit(config.slack_api_url).hostname or ""))


def _asking(config: Config) -> Gateway:
    client = web_client(
        config.bot_token, base_url=config.slack_api_url, proxy=config.proxy, ssl_context=config.ssl_context()
    )
    return Gateway(client, Pacer())


def _app_token(config: Config) -> Finding:
    try:
        open_line(config.app_token, config.slack_api_url, config.proxy, config.ssl_context())
    except SlackFault as fault:
        words = f"apps.connections.open answered {fault.code}; "
        words += (
            "Slack cannot be reached; check the network and the proxy"
            if isinstance(fault, TransientFault)
            else "make an app-level token with connections:write"
        )
        return to_fix("app token", words)
    return fine("app token", "Socket Mode can be opened")


def routes(office: Office) -> bolt.Routes:
    """Every handler's table, bound to the office, behind the privacy guard's door."""
    door = Door(office)
    submissions = _bound(office, _merged("SUBMISSIONS"))
    shortcuts = _bound(office, _merged("SHORTCUTS"))
    return bolt.Routes(
        command=door.command(CommandDesk(_merged("COMMANDS"), office)),
        clicks=home.kept_current(office, _bound(office, _merged("CLICKS"))),
        submissions=home.kept_current(
            office, {name: door.submission(handle) for name, handle in submissions.items()}
        ),
        shortcuts={name: door.shortcut(handle) for name, handle in shortcuts.items()},
        events=_bound(office, _merged("EVENTS")),
    )


def _merged(table: str) -> Mapping[str, Callable[..., Any]]:
    return dict(ChainMap(*(dict(getattr(room, table, {})) for room in _ROOMS)))


def _bound(
    office: Office, handlers: Mapping[str, Callable[..., Served]]
) -> dict[str, Callable[[Any], Served]]:
    return {name: partial(handler, office) for name, handler in handlers.items()}


def _socket_line(config: Config, app: bolt.App) -> SocketLine:
    return SocketLine(
        app,
        app_token=config.app_token,
        api_url=config.slack_api_url,
        proxy=config.proxy,
        trust=config.ssl_context(),
    )


def _secret(config: Config) -> str:
    """In Socket Mode nothing is signed, and Bolt must not ask for it."""
    return config.signing_secret if config.mode == "http" else ""


def _named(path: Path | None) -> Path:
    if path is None:
        raise BotError(
            "BURST_PROGRAMME: name the programme file; `burst programme init` writes one to start from"
        )
    return path


def _identity(gateway: Gateway) -> Identity:
    me = gateway.people.identity()
    if me.enterprise_install:
        raise BotError(
            "This app is installed for a whole Enterprise Grid organisation. One installation of Issue Burst "
            "serves one workspace: install the app in that workspace alone."
        )
    return me


def _listed(words: str, names: tuple[str, ...]) -> str:
    return f"{', '.join(names)}: {words}" if names else ""
