"""What Slack's own Python library builds and accepts, these rules accept too."""

import pytest
from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    CheckboxesElement,
    ConfirmObject,
    ContextBlock,
    ConversationFilter,
    ConversationSelectElement,
    DatePickerElement,
    DateTimePickerElement,
    DividerBlock,
    ExternalDataSelectElement,
    HeaderBlock,
    ImageBlock,
    InputBlock,
    MarkdownTextObject,
    NumberInputElement,
    Option,
    OverflowMenuElement,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    RichTextBlock,
    RichTextInputElement,
    RichTextSectionElement,
    SectionBlock,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
    UserSelectElement,
)
from slack_sdk.models.blocks.block_elements import InputInteractiveElement, RichTextElementParts
from slack_sdk.models.views import View

from bot.sandbox.rules.blocks import check_blocks
from bot.sandbox.rules.views import check_view

OPTIONS = [Option(text="One", value="one", description="the first"), Option(text="Two", value="two")]

INPUTS: list[InputInteractiveElement] = [
    PlainTextInputElement(
        action_id="a", multiline=True, max_length=80, placeholder="Say", focus_on_load=True
    ),
    StaticSelectElement(action_id="a", options=OPTIONS, initial_option=OPTIONS[0], placeholder="Choose"),
    StaticMultiSelectElement(
        action_id="a", options=OPTIONS, initial_options=OPTIONS[:1], max_selected_items=2
    ),
    RadioButtonsElement(action_id="a", options=OPTIONS, initial_option=OPTIONS[1]),
    CheckboxesElement(action_id="a", options=OPTIONS, initial_options=OPTIONS),
    UserSelectElement(action_id="a", initial_user="U012AB"),
    UserMultiSelectElement(action_id="a", initial_users=["U012AB"]),
    ConversationSelectElement(action_id="a", filter=ConversationFilter(include=["public"])),
    ExternalDataSelectElement(action_id="a", min_query_length=1),
    DatePickerElement(action_id="a", initial_date="2026-12-01"),
    TimePickerElement(action_id="a", initial_time="14:30", timezone="Europe/Vienna"),
    DateTimePickerElement(action_id="a", initial_date_time=1_628_633_820),
    NumberInputElement(action_id="a", is_decimal_allowed=False, min_value="1", max_value="3"),
    RichTextInputElement(action_id="a"),
]


@pytest.mark.parametrize("element", INPUTS, ids=lambda element: str(element.type))
def test_a_modal_made_with_the_library_is_taken(element: InputInteractiveElement) -> None:
    view = View(
        type="modal",
        title="Raise a blocker",
        submit="Next",
        close="Close",
        callback_id="burst_open",
        private_metadata="draft",
        notify_on_close=True,
        blocks=[InputBlock(block_id="entry", label="Label", hint="Hint", element=element)],
    )

    assert check_view(view.to_dict(), "modal") is None


def test_a_message_made_with_the_library_is_taken() -> None:
    confirm = ConfirmObject(
        title="Sure?", text="It cannot be undone.", confirm="Yes", deny="No", style="danger"
    )
    blocks = [
        HeaderBlock(text="Header"),
        SectionBlock(text=MarkdownTextObject(text="*Text*", verbatim=True), fields=["One", "Two"]),
        DividerBlock(),
        ContextBlock(elements=[PlainTextObject(text="Plain"), MarkdownTextObject(text="_marked_")]),
        ImageBlock(image_url="https://a.example/a.png", alt_text="A picture", title="Title"),
        ActionsBlock(
            elements=[
                ButtonElement(text="Press", action_id="a", value="1", style="primary", confirm=confirm),
                OverflowMenuElement(action_id="b", options=OPTIONS),
            ]
        ),
        RichTextBlock(
            elements=[RichTextSectionElement(elements=[RichTextElementParts.User(user_id="U012AB")])]
        ),
    ]

    assert check_blocks([block.to_dict() for block in blocks], "message") == []
