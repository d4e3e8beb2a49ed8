"""The blockers that the demonstration plays, as ``blockers.json`` tells them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "blockers.json"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of proof: a kind of the family, and what it shows."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Blocker:
    """One blocker with the answers to its form, and how it is resolved in the end."""

    id: str
    title: str
    family: str
    sites: tuple[str, ...]
    stage: str
    impact: int
    urgency: int
    severity: str
    needed_in_days: int | None
    workflow_impact: str
    workaround: str
    details: Mapping[str, Any]
    fix: str
    cause: str
    evidence: tuple[Evidence, ...]
    owner_role: str

    @property
    def typed(self) -> dict[str, object]:
        """The answers to page 2 of "Raise a blocker", by block."""
        answers = {f"f_{name}": _typed(answer) for name, answer in self.details.items()}
        return {**answers, "workaround": self.workaround}


def blockers(*, about_patients: bool = False) -> Mapping[str, Blocker]:
    """The blockers by id that hold no patient's data; or those that do, which are for the privacy guard."""
    listed = json.loads(_FILE.read_text(encoding="utf-8"))
    return {one["id"]: _blocker(one) for one in listed if one["phi"]["contains"] == about_patients}


def _blocker(told: Mapping[str, Any]) -> Blocker:
    resolution = told["resolution"]
    return Blocker(
        id=told["id"],
        title=told["title"],
        family=told["family"],
        sites=tuple(told["sites"]),
        stage=told["stage"],
        impact=told["impact"],
        urgency=told["urgency"],
        severity=told["severity"],
        needed_in_days=told["needed_in_days"],
        workflow_impact=told["workflow_impact"],
        workaround=told["workaround"],
        details=told["details"],
        fix=resolution["summary"],
        cause=resolution["delay_cause"],
        evidence=tuple(Evidence(piece["kind"], piece["text"]) for piece in resolution["evidence"]),
        owner_role=told["expected"]["owner"],
    )


def _typed(answer: object) -> object:
    """An answer as a person types or chooses it: numbers as text, yes and no by their ids."""
    if isinstance(answer, bool):
        return "true" if answer else "false"
    return answer if isinstance(answer, list) else str(answer)
