"""Input blocks and the frame of a modal. ``block_id`` and ``action_id`` of an input are the same.

Limits: https://docs.slack.dev/reference/views and https://docs.slack.dev/reference/block-kit
"""

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from slack_sdk.models.blocks import (
    CheckboxesElement,
    DatePickerElement,
    InputBlock,
    InputInteractiveElement,
    Option,
    OptionGroup,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    UrlInputElement,
    UserSelectElement,
)
from slack_sdk.models.blocks.block_elements import FileInputElement
from slack_sdk.models.views import View as SlackView

from bot.slack.ids import Metadata, View
from bot.slack.views.parts import (
    OPTION_LIMIT,
    BlockDict,
    ViewDict,
    clean,
    context,
    cut,
    inline,
    one_line,
    plain,
)
from bot.slack.views.standing import named
from bot.taskforce.burst import Burst

Choice: TypeAlias = tuple[str, str]

TITLE_LIMIT = 24
LABEL_LIMIT = 2000
HINT_LIMIT = 2000
TEXT_INPUT_LIMIT = 3000
OPTIONS_PER_GROUP = 100


def modal(
    callback: View,
    title: str,
    blocks: Sequence[BlockDict],
    *,
    about: Metadata | None = None,
    submit: str | None = None,
) -> ViewDict:
    """A modal; ``submit`` is the button's label, None for a page that only tells something.

    ``about`` is what it is about, for the handler that gets it back.
    """
    return SlackView(
        type="modal",
        callback_id=callback,
        title=plain(title, TITLE_LIMIT),
        submit=plain(submit, TITLE_LIMIT) if submit else None,
        close=plain("Cancel" if submit else "Close", TITLE_LIMIT),
        private_metadata=str(about) if about else None,
        blocks=list(blocks),
    ).to_dict()


def burst_modal(
    burst: Burst,
    callback: View,
    title: str,
    blocks: Sequence[BlockDict],
    *,
    submit: str,
    detail: str | None = None,
) -> ViewDict:
    """A modal about a burst, which it names above everything: it may have been opened far from its channel."""
    which = context(f"*{named(burst)}* · {inline(burst.title, 120)}")
    about = Metadata(burst_id=burst.id, detail=detail)
    return modal(callback, title, [which, *blocks], about=about, submit=submit)


def asking(
    block: str,
    label: str,
    element: InputInteractiveElement,
    *,
    hint: str | None = None,
    required: bool = True,
) -> BlockDict:
    """An input block around ``element``."""
    return InputBlock(
        block_id=block,
        label=plain(label, LABEL_LIMIT),
        element=element,
        hint=plain(hint, HINT_LIMIT) if hint else None,
        optional=not required,
    ).to_dict()


def text_input(
    block: str,
    *,
    multiline: bool = False,
    longest: int = TEXT_INPUT_LIMIT,
    shortest: int | None = None,
    initial: str = "",
    placeholder: str | None = None,
) -> PlainTextInputElement:
    """A text field; lengths are in characters, and Slack itself holds the person to them."""
    longest = min(longest, TEXT_INPUT_LIMIT)
    shown = cut(clean(initial) if multiline else one_line(initial), longest)
    return PlainTextInputElement(
        action_id=block,
        multiline=multiline,
        max_length=longest,
        min_length=shortest,
        initial_value=shown or None,
        placeholder=plain(placeholder, 150) if placeholder else None,
    )


def link_input(block: str) -> UrlInputElement:
    """A field for one web address."""
    return UrlInputElement(action_id=block)


def files_input(block: str, *, most: int) -> FileInputElement:
    """Room for up to ``most`` files, of any type: what is not wanted is refused with its reason."""
    return FileInputElement(action_id=block, max_files=most)


def date_input(block: str, initial: date | None = None) -> DatePickerElement:
    """A calendar, on ``initial`` if there is one."""
    return DatePickerElement(action_id=block, initial_date=initial.isoformat() if initial else None)


def person_input(block: str, initial: str | None = None) -> UserSelectElement:
    """A choice of one person of the workspace."""
    return UserSelectElement(action_id=block, initial_user=initial)


def option(choice: Choice, description: str = "") -> Option:
    """One choice: its id, and its words, with a smaller line below, cut to what Slack shows."""
    value, words = choice
    below = plain(one_line(description), OPTION_LIMIT) if description else None
    return Option(value=value, text=plain(one_line(words), OPTION_LIMIT), description=below)


def one_of(block: str, choices: Sequence[Choice], initial: str | None = None) -> StaticSelectElement:
    """A list from which one is chosen."""
    chosen = next((option(choice) for choice in choices if choice[0] == initial), None)
    options, groups = _listed(choices)
    return StaticSelectElement(action_id=block, options=options, option_groups=groups, initial_option=chosen)


def some_of(
    block: str, choices: Sequence[Choice], initial: Sequence[str] = (), *, most: int | None = None
) -> StaticMultiSelectElement:
    """A list from which up to ``most`` are chosen."""
    chosen = [option(choice) for choice in choices if choice[0] in initial]
    options, groups = _listed(choices)
    return StaticMultiSelectElement(
        action_id=block,
        options=options,
        option_groups=groups,
        initial_options=chosen or None,
        max_selected_items=most,
    )


def _listed(choices: Sequence[Choice]) -> tuple[list[Option] | None, list[OptionGroup] | None]:
    # Slack takes at most 100 options, or 100 groups of 100.
    options = [option(choice) for choice in choices]
    if len(options) <= OPTIONS_PER_GROUP:
        return options, None
    return None, [
        OptionGroup(
            label=plain(f"{start + 1} to {min(start + OPTIONS_PER_GROUP, len(options))}", OPTION_LIMIT),
            options=options[start : start + OPTIONS_PER_GROUP],
        )
        for start in range(0, len(options), OPTIONS_PER_GROUP)
    ]


def radio(block: str, choices: Sequence[Choice], initial: str | None = None) -> RadioButtonsElement:
    """A few choices, all visible; Slack takes at most ten."""
    return radio_of(block, [option(choice) for choice in choices], initial)


def radio_of(block: str, options: Sequence[Option], initial: str | None = None) -> RadioButtonsElement:
    """As ``radio``, of options that are made already."""
    chosen = next((one for one in options if one.value == initial), None)
    return RadioButtonsElement(action_id=block, options=list(options), initial_option=chosen)


def boxes(block: str, options: Sequence[Option], initial: Sequence[str] = ()) -> CheckboxesElement:
    """Up to ten boxes to tick; ``initial`` holds the values of the ticked ones."""
    ticked = [choice for choice in options if choice.value in initial]
    return CheckboxesElement(action_id=block, options=list(options), initial_options=ticked or None)
