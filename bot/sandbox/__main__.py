"""`python -m bot.sandbox`: a sandbox as its own process, for end-to-end tests and for looking around."""

import argparse
import math
import sys
from pathlib import Path

from bot.sandbox.errors import Unreachable
from bot.sandbox.server import serve
from bot.sandbox.settings import SandboxSettings


def rate_limits(word: str) -> float | None:
    """Return the scale that `on`, `off` or `scale=<x>` means."""
    if word in ("on", "off"):
        return 1.0 if word == "on" else None
    scale = float(word.removeprefix("scale="))
    if not 0 < scale < math.inf:
        raise ValueError(word)
    return scale


def settings_from(arguments: list[str]) -> SandboxSettings:
    """Read the command line; wrong arguments end the process with words, as argparse does."""
    defaults = SandboxSettings(manifest=Path("manifest.yml"))
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description="A local Slack workspace.")
    parser.add_argument("--manifest", type=Path, default=defaults.manifest)
    parser.add_argument("--host", default=defaults.host)
    parser.add_argument("--port", type=int, default=defaults.port)
    parser.add_argument("--bot-token", default=defaults.bot_token)
    parser.add_argument("--app-token", default=defaults.app_token)
    parser.add_argument("--signing-secret", default=defaults.signing_secret)
    parser.add_argument("--deliver-to", help="request URL of HTTP mode; without it, Socket Mode")
    parser.add_argument("--rate-limits", type=rate_limits, default="on", dest="rate_limit_scale")
    parser.add_argument("--seed", type=Path)
    parser.add_argument("--state-file", type=Path, help="where to write the address once it listens")
    parser.add_argument("--clock-file", type=Path, help="the file by which policy time is moved")
    return SandboxSettings(**vars(parser.parse_args(arguments)))


def main() -> int:
    """Run until stopped; return 2, saying why, when the sandbox cannot start."""
    try:
        serve(settings_from(sys.argv[1:]))
    except (Unreachable, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
