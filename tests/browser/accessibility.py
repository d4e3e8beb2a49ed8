"""axe-core, asked whether everybody can use what is on the screen."""

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
_GRAVE = frozenset({"serious", "critical"})
# What WCAG 2.2 asks at levels A and AA; https://github.com/dequelabs/axe-core/blob/develop/doc/API.md
_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def barriers(page: Page, within: str | None = None) -> list[str]:
    """The serious and critical violations on the screen: the rule, where, and what is wrong there.

    With ``within``, a selector, only what is in there is looked at.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(f"() => {{ {_AXE} }}")
    found: dict[str, Any] = page.evaluate(
        "([within, rules]) => axe.run(within || document, rules)", [within, _RULES]
    )
    return [
        f"{violation['id']} ({violation['impact']}) at {node['target']}: {node['failureSummary']} {node['html'][:200]}"
        for violation in found["violations"]
        if violation["impact"] in _GRAVE
        for node in violation["nodes"]
    ]
