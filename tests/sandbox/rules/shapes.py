"""Well-formed pieces of Block Kit, for the tests to send as they are or to spoil."""

from typing import Any

Json = dict[str, Any]


def plain(text: str = "Text") -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "*Text*") -> Json:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def option(value: str = "one", **more: Any) -> Json:
    """An option whose label is its value."""
    return {"text": plain(value), "value": value, **more}


def options(number: int) -> list[Json]:
    """So many different options."""
    return [option(f"option-{position}") for position in range(number)]


def button(action_id: str = "press", **more: Any) -> Json:
    """A button."""
    return {"type": "button", "text": plain("Press"), "action_id": action_id, **more}


def confirmation(**more: Any) -> Json:
    """A confirmation dialog."""
    return {"title": plain(), "text": mrkdwn(), "confirm": plain(), "deny": plain(), **more}


def section(**more: Any) -> Json:
    """A section with a text."""
    return {"type": "section", "text": mrkdwn(), **more}


def actions(*elements: Json, **more: Any) -> Json:
    """An actions block."""
    return {"type": "actions", "elements": [*elements], **more}


def entry(element: Json, block_id: str = "entry", **more: Any) -> Json:
    """An input block around an element."""
    return {"type": "input", "block_id": block_id, "label": plain("Label"), "element": element, **more}


def text_input(**more: Any) -> Json:
    """A plain text input."""
    return {"type": "plain_text_input", "action_id": "typed", **more}


def image(**more: Any) -> Json:
    """An image by its address; it serves as block and as element."""
    return {"type": "image", "image_url": "https://pictures.example/a.png", "alt_text": "A picture", **more}


def rich_text(*inline: Json, **more: Any) -> Json:
    """A rich_text block with one section."""
    parts = [*inline] or [{"type": "text", "text": "Text"}]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": parts}], **more}


def modal(*blocks: Json, **more: Any) -> Json:
    """A modal that can be submitted."""
    return {"type": "modal", "title": plain("Title"), "submit": plain("Send"), "blocks": [*blocks], **more}


def home(*blocks: Json, **more: Any) -> Json:
    """A Home tab."""
    return {"type": "home", "blocks": [*blocks], **more}


ELEMENTS: dict[str, Json] = {
    "button": button(style="danger", value="", url="https://a.example/", confirm=confirmation()),
    "overflow": {"type": "overflow", "options": [option(url="https://a.example/")]},
    "workflow_button": {
        "type": "workflow_button",
        "text": plain(),
        "workflow": {"trigger": {"url": "https://slack.example/shortcuts/Ft1/abc"}},
    },
    "feedback_buttons": {
        "type": "feedback_buttons",
        "positive_button": {"text": plain("Good"), "value": "good"},
        "negative_button": {"text": plain("Bad"), "value": "bad"},
    },
    "icon_button": {"type": "icon_button", "icon": "trash", "text": plain("Delete")},
    "image": image(),
    "checkboxes": {
        "type": "checkboxes",
        "options": [{"text": mrkdwn("*One*"), "value": "one", "description": mrkdwn("more")}, option("two")],
        "initial_options": [option("two")],
    },
    "radio_buttons": {
        "type": "radio_buttons",
        "options": [option("one"), option("two")],
        "initial_option": option("one"),
    },
    "static_select": {"type": "static_select", "placeholder": plain(), "options": options(100)},
    "multi_static_select": {
        "type": "multi_static_select",
        "option_groups": [{"label": plain("Group"), "options": options(2)}],
        "initial_options": options(2),
        "max_selected_items": 2,
    },
    "external_select": {
        "type": "external_select",
        "min_query_length": 0,
        "initial_option": option("elsewhere"),
    },
    "multi_external_select": {"type": "multi_external_select", "initial_options": [option("elsewhere")]},
    "users_select": {"type": "users_select", "initial_user": "U012AB"},
    "multi_users_select": {"type": "multi_users_select", "initial_users": ["U012AB", "W012AB"]},
    "conversations_select": {
        "type": "conversations_select",
        "initial_conversation": "D012AB",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        "default_to_current_conversation": True,
    },
    "multi_conversations_select": {
        "type": "multi_conversations_select",
        "initial_conversations": ["C012AB", "G012AB"],
    },
    "channels_select": {"type": "channels_select", "initial_channel": "C012AB"},
    "multi_channels_select": {"type": "multi_channels_select", "initial_channels": ["C012AB"]},
    "datepicker": {"type": "datepicker", "initial_date": "2028-02-29", "placeholder": plain()},
    "timepicker": {"type": "timepicker", "initial_time": "23:59", "timezone": "Europe/Vienna"},
    "datetimepicker": {"type": "datetimepicker", "initial_date_time": 1_628_633_820},
    "plain_text_input": text_input(
        initial_value="Text",
        multiline=True,
        min_length=0,
        max_length=3000,
        placeholder=plain(),
        focus_on_load=True,
        dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]},
    ),
    "email_text_input": {"type": "email_text_input", "initial_value": "someone@a.example"},
    "url_text_input": {"type": "url_text_input", "initial_value": "https://a.example/"},
    "number_input": {
        "type": "number_input",
        "is_decimal_allowed": True,
        "min_value": "-1.5",
        "initial_value": "0",
        "max_value": "2",
    },
    "rich_text_input": {"type": "rich_text_input", "initial_value": rich_text()},
    "file_input": {"type": "file_input", "filetypes": ["png"], "max_files": 10},
}
"""Every element that Slack documents, well-formed."""

RICH_PARTS: list[Json] = [
    {"type": "text", "text": "bold", "style": {"bold": True, "code": False}},
    {"type": "link", "url": "https://a.example/", "text": "here"},
    {"type": "emoji", "name": "wave"},
    {"type": "user", "user_id": "U012AB"},
    {"type": "usergroup", "usergroup_id": "S012AB"},
    {"type": "channel", "channel_id": "C012AB"},
    {"type": "team", "team_id": "T012AB"},
    {"type": "broadcast", "range": "here"},
    {"type": "date", "timestamp": 1_628_633_820, "format": "{date_long}", "fallback": "August"},
    {"type": "color", "value": "#F405B3"},
]

_CARD: Json = {"type": "card", "title": plain(), "body": mrkdwn(), "icon": image(), "actions": [button()]}
_TASK: Json = {"type": "task_card", "task_id": "1", "title": "Task", "status": "complete"}

EVERYWHERE: dict[str, Json] = {
    "section": section(fields=[plain(), mrkdwn()], accessory=button(), expand=True, block_id="facts"),
    "section of fields": {"type": "section", "fields": [plain()]},
    "header": {"type": "header", "text": {**plain(), "emoji": True}},
    "divider": {"type": "divider"},
    "context": {"type": "context", "elements": [plain(), mrkdwn(), image()]},
    "actions": actions(button("a"), button("b")),
    "input": entry(text_input(), hint=plain(), optional=True, dispatch_action=True),
    "image": image(title=plain()),
    "image in Slack": {"type": "image", "slack_file": {"id": "F012AB"}, "alt_text": "A picture"},
    "rich_text": {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": RICH_PARTS},
            {"type": "rich_text_list", "style": "ordered", "indent": 8, "elements": rich_text()["elements"]},
            {"type": "rich_text_quote", "elements": RICH_PARTS},
            {"type": "rich_text_preformatted", "border": 1, "elements": [{"type": "text", "text": "code"}]},
        ],
    },
    "video": {
        "type": "video",
        "title": plain(),
        "alt_text": "A film",
        "thumbnail_url": "https://films.example/a.png",
        "video_url": "https://films.example/a",
    },
}
"""Blocks that every surface takes, well-formed."""

MESSAGES_ONLY: dict[str, Json] = {
    "markdown": {"type": "markdown", "text": "**Text**"},
    "context_actions": {
        "type": "context_actions",
        "elements": [ELEMENTS["feedback_buttons"], ELEMENTS["icon_button"]],
    },
    "table": {
        "type": "table",
        "rows": [
            [{"type": "raw_text", "text": "Site"}, {"type": "raw_number", "value": 2.5, "text": "2.5"}],
            [rich_text()],
        ],
        "column_settings": [{"align": "right", "is_wrapped": True}],
    },
    "data_table": {
        "type": "data_table",
        "caption": "Sites",
        "page_size": 10,
        "rows": [[{"type": "raw_text", "text": "Site"}], [rich_text()]],
    },
    "alert": {"type": "alert", "text": plain(), "level": "warning"},
    "card": _CARD,
    "carousel": {"type": "carousel", "elements": [_CARD]},
    "container": {
        "type": "container",
        "title": plain(),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [section(), actions(button())],
    },
    "task_card": _TASK,
    "plan": {"type": "plan", "title": "Plan", "tasks": [_TASK]},
    "auth_provider": {"type": "auth_provider", "value": "a", "name": plain(), "is_connected": False},
}
"""Blocks that only messages take, well-formed."""
