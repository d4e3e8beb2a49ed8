"""Slack at its worst: what goes wrong with its calls, drawn by a seed."""

import random

from bot.sandbox.client import SandboxClient

METHODS = (
    "chat.postMessage",
    "chat.postMessage",
    "chat.update",
    "conversations.archive",
    "conversations.create",
    "conversations.history",
    "conversations.invite",
    "conversations.open",
    "conversations.setTopic",
    "files.completeUploadExternal",
    "files.info",
    "pins.add",
    "users.conversations",
    "views.open",
    "*",
)
KINDS: tuple[dict[str, object], ...] = (
    {"kind": "error", "error": "internal_error"},
    {"kind": "error", "error": "fatal_error"},
    {"kind": "error", "error": "service_unavailable", "after": False},
    {"kind": "status", "status": 500},
    {"kind": "status", "status": 503},
    {"kind": "drop"},
    {"kind": "non_json", "status": 200},
    {"kind": "non_json", "status": 502},
    {"kind": "rate_limit", "retry_after": 2, "after": False},
    {"kind": "delay", "delay_for": 0.5, "after": False},
)


def brew(slack: SandboxClient, chance: random.Random, faults: int) -> None:
    """Put so many faults in force, each of which strikes once, before or after its call took effect."""
    for _ in range(faults):
        fault = {"after": chance.random() < 0.5, **chance.choice(KINDS)}
        kind = str(fault.pop("kind"))
        slack.fail(chance.choice(METHODS), kind, **fault)


def clear(slack: SandboxClient) -> int:
    """End every fault, and say how often one struck."""
    struck = sum(int(fault["struck"]) for fault in slack.get("/faults")["calls"])
    slack.heal()
    return struck
