"""Programme files as tests write them: the smallest that is complete, and changes to it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

Changed = Callable[[dict[str, Any]], None]


def smallest() -> dict[str, Any]:
    """One site at which everybody who is needed is there; no problem and no gap."""
    everywhere = {
        "pacs": ("technical", ["pacs_admin"]),
        "informatics": ("both", ["ii_lead"]),
        "interfaces": ("technical", ["hl7", "ris"]),
        "network": ("technical", ["net", "euc", "htm"]),
        "security": ("technical", ["sec", "iam"]),
        "privacy": ("both", ["priv"]),
        "technologist": ("clinical", ["lead_tech", "cas"]),
        "radiologist": ("clinical", ["rad"]),
        "validation": ("both", ["val"]),
        "safety": ("clinical", ["safety"]),
        "manager": ("both", ["pm"]),
        "chair": ("both", []),
    }
    return {
        "organisation": {"name": "Example Group", "domains": ["ngh.example"], "networks": ["10.0.0.0/8"]},
        "administrators": ["manager"],
        "programme_manager": "manager",
        "sponsor": "chair",
        "sites": {"NGH": {"name": "Northgate General", "zone": "Europe/London"}},
        "people": {
            key: {
                "name": key.title(),
                "slack": f"U01{key.upper()}",
                "side": side,
                "roles": dict.fromkeys(roles, "all"),
            }
            for key, (side, roles) in everywhere.items()
        },
        "workstreams": {
            "imaging_operations": {"lead": "informatics"},
            "infrastructure": {"lead": "network"},
            "interoperability": {"lead": "interfaces", "channel": "C01INTEROP"},
            "cybersecurity": {"lead": "security"},
            "training": {"lead": "technologist"},
            "validation": {"lead": "validation"},
        },
        "contacts": [{"role": role, "text": "service desk, 555-0100"} for role in ("fse", "vendor", "ai")],
        "steering": {"members": ["chair", "manager"], "channel": "C01STEERING", "quorum": 2},
        "archive": {"channel": "C01ARCHIVE"},
    }


def written(folder: Path, change: Changed | None = None) -> Path:
    """The smallest file, changed, as ``programme.yml`` in ``folder``."""
    content = smallest()
    if change is not None:
        change(content)
    return save(folder, yaml.safe_dump(content, sort_keys=False, allow_unicode=True))


def save(folder: Path, text: str) -> Path:
    """Any text as ``programme.yml`` in ``folder``."""
    path = folder / "programme.yml"
    path.write_text(text, encoding="utf-8")
    return path
