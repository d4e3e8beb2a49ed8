"""What can happen to a burst: every verb takes the burst and returns a ``Decision``, or raises ``Refused``.

All of it is pure: the moment (``now``, aware UTC), the person and everything else come as arguments.
"""

from bot.taskforce.lifecycle.channel import (
    link,
    lose_place,
    move_to,
    note_elsewhere,
    note_held_up,
    note_refusal,
)
from bot.taskforce.lifecycle.climbing import Reach
from bot.taskforce.lifecycle.correcting import correct, require_correcting
from bot.taskforce.lifecycle.decisions import log_decision, request_decision
from bot.taskforce.lifecycle.ending import cancel, keep_open, mark_archived, note_reopened, reopen
from bot.taskforce.lifecycle.enquiries import ask_for_more
from bot.taskforce.lifecycle.escalating import escalate, take_up
from bot.taskforce.lifecycle.extending import extend
from bot.taskforce.lifecycle.files import settle_file
from bot.taskforce.lifecycle.finishing import confirm, resolve, send_back, sign_off
from bot.taskforce.lifecycle.following_up import finish as finish_follow_up
from bot.taskforce.lifecycle.messages import Message, log_marked, log_message
from bot.taskforce.lifecycle.noting import note
from bot.taskforce.lifecycle.opening import Opening, open_burst
from bot.taskforce.lifecycle.ownership import Candidate, accept, decline, hand_over, vacate
from bot.taskforce.lifecycle.pausing import pause, resume
from bot.taskforce.lifecycle.people import add_person, fill_seat, join, leave
from bot.taskforce.lifecycle.privacy import Exposure, note_confirmed, note_exposed
from bot.taskforce.lifecycle.proof import add_evidence, withdraw_evidence
from bot.taskforce.lifecycle.proposals import Proposal
from bot.taskforce.lifecycle.rebasing import rebase
from bot.taskforce.lifecycle.replay import Facts, facts_of, replay
from bot.taskforce.lifecycle.ringing import ring
from bot.taskforce.lifecycle.severity import change_severity
from bot.taskforce.lifecycle.voting import Ballot, answer_request
from bot.taskforce.lifecycle.work import post_update, tick

__all__ = [
    "Ballot",
    "Candidate",
    "Exposure",
    "Facts",
    "Message",
    "Opening",
    "Proposal",
    "Reach",
    "accept",
    "add_evidence",
    "add_person",
    "answer_request",
    "ask_for_more",
    "cancel",
    "change_severity",
    "confirm",
    "correct",
    "decline",
    "escalate",
    "extend",
    "facts_of",
    "fill_seat",
    "finish_follow_up",
    "hand_over",
    "join",
    "keep_open",
    "leave",
    "link",
    "log_decision",
    "log_marked",
    "log_message",
    "lose_place",
    "mark_archived",
    "move_to",
    "note",
    "note_confirmed",
    "note_elsewhere",
    "note_exposed",
    "note_held_up",
    "note_refusal",
    "note_reopened",
    "open_burst",
    "pause",
    "post_update",
    "rebase",
    "reopen",
    "replay",
    "request_decision",
    "require_correcting",
    "resolve",
    "resume",
    "ring",
    "send_back",
    "settle_file",
    "sign_off",
    "take_up",
    "tick",
    "vacate",
    "withdraw_evidence",
]
