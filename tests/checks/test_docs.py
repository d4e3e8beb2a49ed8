"""What the documents say is there, is there: links, files, make targets and rooms."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
TARGET_DEFINED = re.compile(r"^(?P<name>[a-z]+):", re.MULTILINE)
TARGET_NAMED = re.compile(r"`make (?P<name>[a-z]+)|^\s*(?:\$ )?make (?P<shown>[a-z]+)", re.MULTILINE)
HEADING = re.compile(r"^#+ (?P<words>.+)$", re.MULTILINE)
PATH_NAMED = re.compile(r"`(?P<path>(?:bot|storage|tests|tools|docs|\.ci)/[\w./-]+)`")


def named(path: Path) -> str:
    """How a failure names a document."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_a_link_inside_the_project_leads_somewhere(document: Path) -> None:
    targets = {found["target"].split("#")[0] for found in LINK.finditer(document.read_text(encoding="utf-8"))}
    inside = {
        target for target in targets if target and "://" not in target and not target.startswith("mailto:")
    }

    assert {target for target in inside if not (document.parent / target).exists()} == set()


def anchors(document: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    found = HEADING.finditer(document.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading["words"].lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_a_link_to_a_heading_finds_it(document: Path) -> None:
    targets = {
        found["target"].partition("#") for found in LINK.finditer(document.read_text(encoding="utf-8"))
    }
    inside = {(path, anchor) for path, _, anchor in targets if anchor and "://" not in path}

    lost = {
        (path, anchor)
        for path, anchor in inside
        if anchor not in anchors(document.parent / path if path else document)
    }
    assert lost == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_a_file_that_is_named_exists(document: Path) -> None:
    paths = {found["path"] for found in PATH_NAMED.finditer(document.read_text(encoding="utf-8"))}

    assert {path for path in paths if not (ROOT / path).exists()} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_a_make_target_that_is_named_exists(document: Path) -> None:
    defined = {
        found["name"] for found in TARGET_DEFINED.finditer((ROOT / "Makefile").read_text(encoding="utf-8"))
    }
    mentions = TARGET_NAMED.finditer(document.read_text(encoding="utf-8"))

    assert {found["name"] or found["shown"] for found in mentions} - defined == set()
