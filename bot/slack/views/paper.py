"""What is said about a summary's PDF, where the file itself says nothing."""

from bot.slack.views.parts import Rendered
from bot.slack.views.refusals import plain

_WHY = {
    "connection_dropped": "Slack's file host cannot be reached",
    "elsewhere": "Slack named a place for it that is not Slack's",
    "file_type_not_allowed": "this workspace takes no PDFs",
    "file_upload_size_restricted": "it is larger than this workspace takes",
    "file_uploads_disabled": "this workspace takes no files from apps",
    "file_uploads_except_images_disabled": "this workspace takes no files but images",
    "missing_scope": "the app was not granted `files:write`",
    "not_in_channel": "the app is not in this channel",
    "posting_to_channel_denied": "the app may not post in this channel",
    "storage_limit_reached": "the workspace's storage is full",
}


def sent(key: str) -> Rendered:
    """What stands before the file, for whoever asked for it."""
    return plain(f"{key} as a PDF: the summary and the whole log.")


def not_archived(key: str, code: str) -> Rendered:
    """What stands below a summary whose PDF could not be put there."""
    return plain(
        f"The PDF could not be put here: {_why(code)}. The summary is kept; "
        f"`/burst show {key}` can send the PDF to whoever may read it."
    )


def not_sent(key: str, code: str) -> Rendered:
    """Why somebody who asked for a PDF gets none."""
    return plain(
        f"{key} cannot be sent as a PDF: {_why(code)}. Ask your administrator, who can also write it to a "
        f"file: `burst show {key} --format pdf`."
    )


def _why(code: str) -> str:
    return _WHY.get(code, f"Slack answered {code}")
