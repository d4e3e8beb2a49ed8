"""Laying a hospital's file over the shipped default."""

from collections.abc import Mapping
from typing import Any

# A hospital that does without one of these writes it as null.
_REMOVABLE = frozenset({"families", "roles", "workstreams", "stages", "delay_causes", "decision_rights"})
# The key of these entries is their id, so nobody has to write it twice.
_NAMED = ("families", "roles", "delay_causes")


def laid_over(default: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The default with the hospital's file on top.

    Mappings merge key by key; lists and single values replace the default's. A family, role,
    workstream, stage, delay cause or decision right given as null is taken away.
    """
    merged = _merge(default, own)
    for section in _REMOVABLE:
        entries = merged.get(section)
        if isinstance(entries, dict):
            merged[section] = {key: entry for key, entry in entries.items() if entry is not None}
    for section in _NAMED:
        entries = merged.get(section)
        if isinstance(entries, dict):
            merged[section] = {
                key: {**entry, "id": key} if isinstance(entry, dict) else entry
                for key, entry in entries.items()
            }
    return merged


def _merge(default: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(default)
    for key, value in own.items():
        under = merged.get(key)
        if isinstance(under, Mapping) and isinstance(value, Mapping):
            merged[key] = _merge(under, value)
        else:
            merged[key] = value
    return merged
