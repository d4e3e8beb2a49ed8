"""The identifiers that views carry to Slack and handlers get back, in one place.

They are part of the product's surface: a message posted last year still sends the ``action_id`` it
was posted with, so a value never changes. Buttons carry ``<burst id>:<version>`` (so that a late
click on an old message can be told from a fresh one), modals carry ``burst:<id>`` in
``private_metadata``, drafts ``draft:<draft id>``. None of them ever holds what somebody typed.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

COMMAND = "/burst"
METADATA_EVENT = "issue_burst"


class View(StrEnum):
    """Callback ids of modals."""

    OPEN = "burst_open"
    OPEN_DETAILS = "burst_open_details"
    OPEN_SIMILAR = "burst_open_similar"
    OPEN_DONE = "burst_open_done"
    DECLINE = "burst_decline_view"
    UPDATE = "burst_update_view"
    DECIDE = "burst_decide_view"
    EVIDENCE = "burst_evidence_view"
    CHECKLIST = "burst_checklist_view"
    HANDOVER = "burst_handover_view"
    PAUSE = "burst_pause_view"
    ESCALATE = "burst_escalate_view"
    RESOLVE = "burst_resolve_view"
    SEND_BACK = "burst_send_back_view"
    REOPEN = "burst_reopen_view"
    LOG_MESSAGE = "burst_log_message_view"
    CORRECT = "burst_correct_view"
    STEERING_DECIDE = "steering_decide_view"
    STEERING_EXTEND = "steering_extend_view"
    STEERING_ASK = "steering_ask_view"
    TOLD = "burst_told"


class Action(StrEnum):
    """Action ids of buttons."""

    ACCEPT = "burst_accept"
    DECLINE = "burst_decline"
    UPDATE = "burst_update"
    DECIDE = "burst_decide"
    EVIDENCE = "burst_evidence"
    CHECKLIST = "burst_checklist"
    HANDOVER = "burst_handover"
    PAUSE = "burst_pause"
    RESUME = "burst_resume"
    ESCALATE = "burst_escalate"
    RESOLVE = "burst_resolve"
    SIGN_OFF = "burst_sign_off"
    SEND_BACK = "burst_send_back"
    CONFIRM = "burst_confirm"
    UNCONFIRM = "burst_unconfirm"
    KEEP_OPEN = "burst_keep_open"
    REOPEN = "burst_reopen"
    JOIN = "burst_join"
    CORRECT = "burst_correct"
    RAISE = "burst_raise"
    STEERING_TAKE = "steering_take"
    STEERING_REASSIGN = "steering_reassign"
    STEERING_EXTEND = "steering_extend"
    STEERING_DECIDE = "steering_decide"
    STEERING_ASK = "steering_ask"
    STEERING_CARD = "steering_card"
    ARCHIVE_OPEN = "archive_open"
    ARCHIVE_ALL = "archive_all"
    ARCHIVE_PAGE = "archive_page"
    ARCHIVE_LOG = "archive_log"
    ARCHIVE_TRANSCRIPT = "archive_transcript"
    ARCHIVE_PDF = "archive_pdf"
    LIST_PAGE = "list_page"
    LOG_PAGE = "log_page"
    TRANSCRIPT_PAGE = "transcript_page"
    FOLLOW_UP_DONE = "follow_up_done"
    HOME_WHOSE = "home_whose"
    HOME_SITE = "home_site"
    HOME_SEVERITY = "home_severity"
    HOME_EARLIER = "home_earlier"
    HOME_LATER = "home_later"


class Shortcut(StrEnum):
    """Callback ids of shortcuts."""

    RAISE = "burst_raise"
    LOG_MESSAGE = "burst_log_message"
    RAISE_MESSAGE = "burst_raise_message"


class Block(StrEnum):
    """Block ids of input blocks; the element inside has the same ``action_id``."""

    FAMILY = "family"
    TITLE = "title"
    SITES = "sites"
    STAGE = "stage"
    IMPACT = "impact"
    URGENCY = "urgency"
    WORKFLOW_IMPACT = "workflow_impact"
    NEEDED_BY = "needed_by"
    DRILL = "drill"
    WORKAROUND = "workaround"
    OWNER = "owner"
    SIMILAR = "similar"
    CONFIRM = "confirm"
    TEXT = "text"
    RIGHT = "right"
    REQUEST = "request"
    KIND = "kind"
    LINK = "link"
    FILE = "file"
    REASON = "reason"
    UNTIL = "until"
    REFERENCE = "reference"
    FIX = "fix"
    CAUSE = "cause"
    ALSO = "also"
    SHORTER = "shorter"
    SITES_SAME = "sites_same"
    FOLLOW_UP = "follow_up"
    OPTIONS = "options"
    RECOMMENDED = "recommended"
    CLINICAL_IMPACT = "clinical_impact"
    TECHNICAL_IMPACT = "technical_impact"
    ANSWER = "answer"
    OPTION = "option"
    CLOCK = "clock"
    ITEM = "item"
    NOTE = "note"
    APPLIES = "applies"


OPEN_ANYWAY = "open_anyway"
MINE = "mine"
EVERY = "*"  # no site and no severity is called so
# Page 1 is opened while Slack waits three seconds, so nothing is written yet: its draft begins with "Next".
NEW_DRAFT = "new"
FIELD_PREFIX = "f_"
ITEMS_PREFIX = "items_"

_BUTTON = re.compile(r"([1-9][0-9]{0,17}):([0-9]{1,18})(?::([A-Za-z0-9_.-]{1,60}))?")
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_PAGE = re.compile(r"([1-9][0-9]{0,5}):([A-Za-z0-9_:., -]{0,400})")
_METADATA = re.compile(r"(burst|draft):([A-Za-z0-9_-]{1,80})(?::([A-Za-z0-9_.-]{1,60}))?")


@dataclass(frozen=True, slots=True)
class ButtonValue:
    """What a button is about: a burst as it was shown, and a detail (a clock's number, a page) or None."""

    burst_id: int
    version: int
    detail: str | None = None

    def __str__(self) -> str:
        written = f"{self.burst_id}:{self.version}"
        return written if self.detail is None else f"{written}:{self.detail}"


def parse_button(value: object) -> ButtonValue | None:
    """The button value that ``value`` writes, or None when it is none of ours (tampered, or of another app)."""
    found = _BUTTON.fullmatch(value) if isinstance(value, str) else None
    return ButtonValue(int(found[1]), int(found[2]), found[3]) if found else None


@dataclass(frozen=True, slots=True)
class PageValue:
    """What a paging button asks for: a page, the first being 1, of a list named by validated words or an id."""

    page: int
    of: str

    def __str__(self) -> str:
        return f"{self.page}:{self.of}"


def parse_page(value: object) -> PageValue | None:
    """The page value that ``value`` writes, or None when it is none of ours."""
    found = _PAGE.fullmatch(value) if isinstance(value, str) else None
    return PageValue(int(found[1]), found[2]) if found else None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a modal is about: a burst or a draft, with a detail (a clock's number, a seat) or None."""

    draft_id: str | None = None
    burst_id: int | None = None
    detail: str | None = None

    def __str__(self) -> str:
        written = f"burst:{self.burst_id}" if self.burst_id is not None else f"draft:{self.draft_id}"
        return written if self.detail is None else f"{written}:{self.detail}"


def parse_metadata(value: object) -> Metadata | None:
    """The reference that a modal's ``private_metadata`` writes, or None when it is none of ours."""
    found = _METADATA.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    if found[1] == "draft":
        return Metadata(draft_id=found[2], detail=found[3])
    number = parse_number(found[2])
    return None if number is None else Metadata(burst_id=number, detail=found[3])


def parse_number(text: str) -> int | None:
    """The number that ``text`` writes, from 1 to what a database counts to, or None when it is none."""
    return int(text) if _NUMBER.fullmatch(text) else None


def field_block(field_id: str) -> str:
    """The block id of a family's form field on page 2 of "Raise a blocker"."""
    return FIELD_PREFIX + field_id


def field_of(block_id: str) -> str | None:
    """The family's field that a block of page 2 asks for, or None for the blocks of every family."""
    return block_id.removeprefix(FIELD_PREFIX) if block_id.startswith(FIELD_PREFIX) else None
