"""To the author of a message that holds something about a patient: what it is, and how it goes away."""

from collections.abc import Sequence

from bot.privacy import Category
from bot.privacy.wording import called
from bot.slack.views.parts import Rendered, inline, section

HOW = (
    "To delete it: point at the message, choose the three dots, then *Delete message*; on a phone, press and hold"
    " it. If it came with a file, delete the file too. Changing the message is not enough."
)
INSTEAD = "A pointer is enough, such as 'the case in the exception queue' or a test patient."


def exposed(found: Sequence[Category], *, certain: bool, asked: bool) -> Rendered:
    """Names what was found and quotes nothing of it; ``asked`` says that somebody has to look into it."""
    if certain:
        words = (
            f"Your message here may identify a patient: {inline(called(found), 400)}. Please delete it now."
        )
        after = "Issue Burst has stored nothing of it."
        after += " Whoever answers for privacy is asked to look into it." if asked else ""
    else:
        words = f"Your message here may be about a patient: {inline(called(found), 400)}. If it is, please delete it."
        after = "If it is not, nothing has to be done. Issue Burst has stored nothing of it."
    return Rendered(
        text=words, blocks=[section(f":warning: *{words}*\n{HOW}"), section(f"{INSTEAD}\n{after}")]
    )
