"""Files that were given as evidence, in every document that tells of them."""

import io
import json
from dataclasses import replace

from pypdf import PdfReader

from bot.reports.markdown import to_markdown
from bot.reports.paper import to_pdf
from bot.reports.summary import Summary, summarise
from bot.reports.summary_json import to_json
from bot.slack.views.summary import whole
from bot.taskforce.burst import EvidenceFile
from tests.slack.views.bursts import LABELS
from tests.slack.views.story import after, lived

DIGEST = "c0ffee" + 58 * "0"
FILES = (
    EvidenceFile("F01", "dump_1.txt", "text/plain", 1200, DIGEST),
    EvidenceFile("F02", "scan.png", "image/png", lost="it was deleted in Slack"),
    EvidenceFile("F03"),
)
WORDS = (
    f"dump_1.txt, SHA-256 {DIGEST}",
    "scan.png: no copy is kept, it was deleted in Slack",
    "F03: its copy is still to come",
)


def given() -> Summary:
    burst, entries = lived()
    first, *rest = burst.evidence
    proven = replace(burst, evidence=(replace(first, files=FILES), *rest))
    return summarise(proven, entries, LABELS, now=after(400))


def test_markdown_lists_them_below_their_evidence() -> None:
    written = to_markdown(given()).replace("\\", "")

    assert all(f"\n  - {words}\n" in written for words in WORDS)


def test_paper_lists_them_beside_their_evidence() -> None:
    first = PdfReader(io.BytesIO(to_pdf(given(), ()))).pages[0].extract_text()

    assert all(words in first for words in WORDS)


def test_json_has_their_digests() -> None:
    piece, _ = json.loads(to_json(given()))["evidence"]

    assert piece["files"] == [
        {"name": "dump_1.txt", "sha256": DIGEST, "lost": ""},
        {"name": "scan.png", "sha256": "", "lost": "it was deleted in Slack"},
        {"name": "F03", "sha256": "", "lost": ""},
    ]


def test_slack_shows_their_names() -> None:
    assert "(files: dump_1.txt, scan.png: no copy is kept, F03)" in str(whole(given()).blocks)
