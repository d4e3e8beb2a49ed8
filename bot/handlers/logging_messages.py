"""The message shortcut "Add to resolution log"."""

from html import unescape

from bot.errors import Refused
from bot.operations import drafts, reading
from bot.operations.add_evidence import Piece, add_evidence
from bot.operations.log_message import log_message
from bot.operations.office import Office, Request
from bot.slack.answers import Answer, Show
from bot.slack.exchange import asked, draft_of
from bot.slack.ids import Block, Shortcut, View
from bot.slack.permalinks import permalink
from bot.slack.requests import Shortcut as Used
from bot.slack.requests import Submission, file_ids
from bot.slack.views.modals import deciding
from bot.slack.views.modals.choices import right_choices
from bot.slack.views.modals.deciding import NO_RIGHT
from bot.slack.views.modals.log_message import log_message as ask_for_kind
from bot.taskforce.lifecycle import Message
from bot.taskforce.lifecycle.gates import UNDER_WAY
from bot.taskforce.lifecycle.proof import FILES_LIMIT
from bot.taskforce.permissions import Right
from bot.taskforce.terms import EntryKind

_KINDS = {"fact": EntryKind.FACT, "decision": EntryKind.DECISION, "action": EntryKind.ACTION}
_EVIDENCE, _DECISION = "evidence", "decision"


def log_shortcut(office: Office, shortcut: Used) -> Answer:
    """Asks what the message is. What it says is kept for an hour: Slack does not send it again."""
    request, message = asked(shortcut), _message(shortcut)
    thread = message["thread"] or None
    burst_id = reading.burst_in(office, request, shortcut.channel, thread)
    if burst_id is None and thread is not None:
        burst_id = reading.burst_in(office, request, shortcut.channel)
    if burst_id is None:
        raise Refused("no_burst_here", "This is no burst's channel; only messages of one go into its log.")
    burst = reading.burst_for(office, request, burst_id, Right.CONTRIBUTE, UNDER_WAY)
    draft_id = drafts.keep_message(office, request, {**message, "burst": burst.id})
    rights = right_choices(office.programme().file)
    return Show(ask_for_kind(burst, draft_id, message["text"] or "A file without words", rights))


def log_submission(office: Office, submission: Submission) -> Answer:
    """The page "Add": the message becomes a fact, a decision, an action, or a piece of evidence of a kind."""
    request = asked(submission)
    kept = drafts.kept_message(office, request, draft_of(submission))
    burst_id, kind = int(str(kept["burst"])), submission.text(Block.KIND)
    text, where, author, ts = (str(kept[name]) for name in ("text", "where", "author", "ts"))
    message = Message(text, where, author, ts, by_bot=bool(kept.get("bot")))
    if kind == _EVIDENCE:
        proof = submission.text(Block.REASON)
        if not proof:
            raise Refused("bad_kind", "Please choose of what kind the evidence is.", field=Block.REASON)
        files = tuple(str(kept.get("files") or "").split())
        add_evidence(office, request, burst_id, Piece(proof, text, files=files, message=message))
        return None
    if kind not in _KINDS:
        raise Refused("bad_kind", "Please choose what the message is.", field=Block.KIND)
    right = submission.text(Block.RIGHT)
    if kind == _DECISION and right not in {"", NO_RIGHT}:
        return _asked_of(office, request, burst_id, message, right)
    log_message(office, request, burst_id, _KINDS[kind], message)
    return None


def _asked_of(office: Office, request: Request, burst_id: int, message: Message, right: str) -> Answer:
    """A decision to which somebody holds the right goes by the rules of decisions: the page "Log decision" asks the rest."""
    rights = right_choices(office.programme().file)
    if right not in dict(rights):
        raise Refused("unknown_right", "Please choose whose decision it is.", field=Block.RIGHT)
    burst = reading.burst_for(office, request, burst_id, Right.DECIDE, UNDER_WAY)
    return Show(deciding.decide(burst, rights, text=f"{message.text}\n{message.permalink}", right=right))


def _message(shortcut: Used) -> dict[str, str]:
    found = {name: shortcut.message.get(name) for name in ("text", "ts", "thread_ts", "user", "bot_id")}
    given = {name: value for name, value in found.items() if isinstance(value, str)}
    text = unescape(given.get("text", "")).strip()
    files = file_ids(shortcut.message.get("files"))[:FILES_LIMIT]
    if not (text or files):
        raise Refused("no_text", "That message has no text that could be logged.")
    return {
        "text": text,
        "ts": given.get("ts", ""),
        "thread": given.get("thread_ts", ""),
        "author": given.get("user") or given.get("bot_id", ""),
        "files": " ".join(files),
        "bot": given.get("bot_id", ""),
        "where": _link(shortcut, given.get("ts", "")),
    }


def _link(shortcut: Used, ts: str) -> str:
    """The message's permanent address, as ``chat.getPermalink`` writes it; without a domain its channel and ts."""
    if not shortcut.domain:
        return f"{shortcut.channel}:{ts}"
    return permalink(shortcut.domain, shortcut.channel, ts)


SHORTCUTS = {Shortcut.LOG_MESSAGE: log_shortcut}
SUBMISSIONS = {View.LOG_MESSAGE: log_submission}
