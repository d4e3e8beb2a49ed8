"""Environment and secrets: where things are, and nothing else.

Everything about a hospital is in the programme file; see ``bot.programme``. Variables are listed in
``VARIABLES``; a secret may also be given as a file (``SLACK_BOT_TOKEN_FILE``), as container
platforms do.
"""

import ipaddress
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass

from bot.errors import BotError

SLACK_API = "https://slack.com/api/"
HIGHEST_PORT = 65535
# The app, as Slack is told of it.
MANIFEST = Path(__file__).with_name("manifest.yml")

VARIABLES: Mapping[str, str] = {
    "BURST_PROGRAMME": "the programme file (required to serve)",
    "BURST_DATA_DIR": "folder for the database, its lock, evidence and backups (default: ./burst-data)",
    "BURST_DATABASE_URL": "default: an SQLite file in BURST_DATA_DIR; or postgresql+psycopg://...",
    "BURST_MODE": "socket (default) or http",
    "BURST_HTTP_HOST": "address of /healthz, /readyz, /metrics and, in http mode, /slack/events (default: 127.0.0.1)",
    "BURST_HTTP_PORT": "its port (default: 8080)",
    "BURST_CLOCK_FILE": "moves policy time; only with a Slack on loopback",
    "SLACK_BOT_TOKEN": "xoxb-..., or SLACK_BOT_TOKEN_FILE",
    "SLACK_APP_TOKEN": "xapp-..., socket mode, or SLACK_APP_TOKEN_FILE",
    "SLACK_SIGNING_SECRET": "http mode, or SLACK_SIGNING_SECRET_FILE",
    "SLACK_API_URL": f"default: {SLACK_API}",
}


class ConfigError(BotError):
    """The environment cannot be used; ``problems`` say variable by variable what is wrong and what is allowed."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Config:
    """The environment, read once. Secrets never appear in its ``repr``."""

    programme: Path | None
    data_dir: Path
    database_url: str
    mode: Literal["socket", "http"]
    http_host: str
    http_port: int
    clock_file: Path | None
    slack_api_url: str
    bot_token: str = field(repr=False)
    app_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    other_proxy: str | None = None

    @property
    def proxy(self) -> str | None:
        """The proxy for Slack by the usual variables (``HTTPS_PROXY``, ``NO_PROXY``), else ``other_proxy``."""
        return proxy_for(self.slack_api_url, self.other_proxy)

    def ssl_context(self) -> ssl.SSLContext:
        """The machine's trust store, or a private CA named by ``SSL_CERT_FILE`` or ``SSL_CERT_DIR``."""
        return ssl.create_default_context()


def is_loopback(url: str) -> bool:
    """Whether ``url`` points to this machine by an address that cannot leave it."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def proxy_for(url: str, otherwise: str | None = None) -> str | None:
    """The proxy that the environment names for ``url``, honouring ``NO_PROXY``; never one for loopback.

    Where the environment names none, ``otherwise``.
    """
    parts = urlsplit(url)
    proxies = getproxies_environment()
    if is_loopback(url) or proxy_bypass(parts.hostname or ""):
        return None
    return proxies.get(parts.scheme) or proxies.get("all") or otherwise


def read(environment: Mapping[str, str]) -> Config:
    """The configuration that ``environment`` describes.

    Raises ``ConfigError`` with every problem at once. Tokens may be empty here: which are needed
    depends on the command, see ``require_tokens``.
    """
    reader = _Reader(environment)
    data_dir = Path(environment.get("BURST_DATA_DIR") or "burst-data").absolute()
    config = Config(
        programme=reader.path("BURST_PROGRAMME"),
        data_dir=data_dir,
        database_url=environment.get("BURST_DATABASE_URL") or f"sqlite:///{data_dir / 'burst.db'}",
        mode="http" if reader.choice("BURST_MODE", ("socket", "http")) == "http" else "socket",
        http_host=environment.get("BURST_HTTP_HOST") or "127.0.0.1",
        http_port=reader.port("BURST_HTTP_PORT", 8080),
        clock_file=reader.path("BURST_CLOCK_FILE"),
        slack_api_url=reader.url("SLACK_API_URL", SLACK_API),
        bot_token=reader.secret("SLACK_BOT_TOKEN"),
        app_token=reader.secret("SLACK_APP_TOKEN"),
        signing_secret=reader.secret("SLACK_SIGNING_SECRET"),
    )
    if config.clock_file and not is_loopback(config.slack_api_url):
        reader.problems.append(
            "BURST_CLOCK_FILE: moves the time that promises are measured in, so it is allowed only "
            "while SLACK_API_URL is a loopback address; unset it"
        )
    if reader.problems:
        raise ConfigError(tuple(reader.problems))
    return config


def require_tokens(config: Config) -> None:
    """Raise ``ConfigError`` unless the tokens that this mode needs are there and look like such tokens."""
    problems = []
    if not config.bot_token.startswith("xoxb-"):
        problems.append(
            "SLACK_BOT_TOKEN: needs the bot token of the installed app, which starts with xoxb-, or SLACK_BOT_TOKEN_FILE a file with it"
        )
    if config.mode == "socket" and not config.app_token.startswith("xapp-"):
        problems.append(
            "SLACK_APP_TOKEN: socket mode needs an app-level token with connections:write, which starts with xapp-, or SLACK_APP_TOKEN_FILE a file with it"
        )
    if config.mode == "http" and not config.signing_secret:
        problems.append(
            "SLACK_SIGNING_SECRET: http mode needs the app's signing secret, or SLACK_SIGNING_SECRET_FILE a file with it"
        )
    if problems:
        raise ConfigError(tuple(problems))


class _Reader:
    """Collects problems instead of stopping at the first."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.problems: list[str] = []

    def path(self, name: str) -> Path | None:
        value = self.environment.get(name)
        return Path(value).absolute() if value else None

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        value = self.environment.get(name) or allowed[0]
        if value not in allowed:
            self.problems.append(f"{name}: found {value!r}; allowed: {', '.join(allowed)}")
        return value

    def port(self, name: str, default: int) -> int:
        value = self.environment.get(name) or str(default)
        if not value.isascii() or not value.isdigit() or int(value) > HIGHEST_PORT:
            self.problems.append(f"{name}: found {value!r}; allowed: a port, 0 to 65535")
            return default
        return int(value)

    def url(self, name: str, default: str) -> str:
        value = self.environment.get(name) or default
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            self.problems.append(f"{name}: found {value!r}; allowed: an http or https address")
        elif parts.scheme == "http" and not is_loopback(value):
            self.problems.append(f"{name}: plain http is allowed only to loopback; use https")
        return value if value.endswith("/") else value + "/"

    def secret(self, name: str) -> str:
        direct, file = self.environment.get(name), self.environment.get(f"{name}_FILE")
        if direct and file:
            self.problems.append(f"{name}: given twice, directly and as {name}_FILE; unset one")
        if direct or not file:
            return (direct or "").strip()
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            self.problems.append(f"{name}_FILE: {file} cannot be read: {error.strerror}")
            return ""
