"""Submitting and closing modals.

Facts: https://docs.slack.dev/surfaces/modals (the four `response_action`s) and
https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload.
"""

from bot.sandbox.acting.elements import by_action
from bot.sandbox.acting.stage import Stage, outcome_of
from bot.sandbox.errors import Impossible, SlackError
from bot.sandbox.rules.inputs import check_submission
from bot.sandbox.rules.views import check_view
from bot.sandbox.values import JsonObject
from bot.sandbox.workspace.people import User
from bot.sandbox.workspace.views import View


async def submit(stage: Stage, person: User, view: View, values: JsonObject) -> JsonObject:
    """Fill in and submit the modal on top; return `outcome`, `errors` by block_id and `view`.

    `outcome` is `incomplete` when the client itself refuses, `refused` when the app answers
    errors, `invalid_response` when its answer is not one, else `acknowledged` or the error shown.
    """
    _require_top(stage, person, view)
    if "submit" not in view.body:
        raise Impossible("This view has nothing to submit.")
    for block_id, typed in by_action(view.body["blocks"], values).items():
        view.typed.setdefault(block_id, {}).update(typed)
    incomplete = check_submission(view.body, view.typed)
    if incomplete:
        _forget_unknown(view)
        return _seen(stage, person, "incomplete", incomplete)
    _give_files(stage, person, view)
    payload = {
        "type": "view_submission",
        **stage.common(person),
        "trigger_id": stage.trigger(person, view),
        "view": stage.view_json(view),
        "response_urls": _response_urls(stage, person, view),
    }
    name = str(view.body.get("callback_id") or "view_submission")
    answer = await stage.courier.interact("interactive", name, payload)
    if answer.outcome != "acknowledged":
        return _seen(stage, person, outcome_of(answer))
    return _follow(stage, person, view, answer.payload or {})


async def close(stage: Stage, person: User, view: View, *, everything: bool) -> JsonObject:
    """Close the modal on top, or with `everything` (the ×) the whole stack."""
    _require_top(stage, person, view)
    stack = stage.workspace.views.stack(person.id)
    cleared = everything or bool(view.body.get("clear_on_close"))
    told = stack[0] if cleared else view
    payload = {
        "type": "view_closed",
        **stage.common(person),
        "view": stage.view_json(told),
        "is_cleared": cleared,
    }
    closing = list(stack) if cleared else [view]
    notify = any(each.body.get("notify_on_close") for each in closing)
    for each in closing:
        stage.workspace.views.close(each)
    if not notify:
        return _seen(stage, person, "acknowledged")
    name = str(told.body.get("callback_id") or "view_closed")
    answer = await stage.courier.interact("interactive", name, payload)
    return _seen(stage, person, outcome_of(answer))


def _give_files(stage: Stage, person: User, view: View) -> None:
    """The app sees a file from the moment at which its owner submits the view that it was put into."""
    for elements in view.state()["values"].values():
        for state in elements.values():
            if state["type"] != "file_input":
                continue
            for given in state["files"]:
                file = stage.workspace.files.files.get(str(given.get("id")))
                if file is None or file.owner != person.id:
                    raise Impossible(f"{person.name} has no such file.")
                file.given_to_app = True


def _follow(stage: Stage, person: User, view: View, answer: JsonObject) -> JsonObject:
    views = stage.workspace.views
    what = answer.get("response_action")
    try:
        if what is None:
            views.close(view)
        elif what == "clear":
            views.stack(person.id).clear()
        elif what == "errors":
            return _errors(stage, person, view, answer)
        elif what in ("update", "push"):
            problem = check_view(answer.get("view"), "modal")
            if problem is not None:
                return _invalid(stage, person, problem.error, *problem.messages)
            if what == "update":
                views.update(view, answer["view"])
            else:
                views.push(person.id, answer["view"])
        else:
            return _invalid(stage, person, f"unknown response_action {what}")
    except SlackError as error:
        return _invalid(stage, person, error.code)
    return _seen(stage, person, "acknowledged")


def _errors(stage: Stage, person: User, view: View, answer: JsonObject) -> JsonObject:
    errors = answer.get("errors")
    blocks = view.body["blocks"]
    named = {block["block_id"] for block in blocks if block.get("type") == "input"}
    if not isinstance(errors, dict) or not errors:
        return _invalid(stage, person, "errors must name at least one input block")
    unknown = sorted(set(errors) - named)
    if unknown:
        return _invalid(stage, person, f"errors name no input block: {', '.join(unknown)}")
    return _seen(stage, person, "refused", errors)


def _invalid(stage: Stage, person: User, *problems: str) -> JsonObject:
    return {**_seen(stage, person, "invalid_response"), "problems": list(problems)}


def _seen(stage: Stage, person: User, outcome: str, errors: dict[str, str] | None = None) -> JsonObject:
    return {"outcome": outcome, "errors": errors or {}, "view": stage.top_view(person)}


def _require_top(stage: Stage, person: User, view: View) -> None:
    stack = stage.workspace.views.stack(person.id)
    if not stack or stack[-1] is not view:
        raise Impossible("Only the modal on top can be submitted or closed.")


def _forget_unknown(view: View) -> None:
    known = {str(block.get("block_id")) for block in view.body["blocks"]}
    view.typed = {block_id: typed for block_id, typed in view.typed.items() if block_id in known}


def _response_urls(stage: Stage, person: User, view: View) -> list[JsonObject]:
    urls = []
    for block in view.body["blocks"]:
        element = block.get("element") or {}
        if not element.get("response_url_enabled"):
            continue
        state = view.state()["values"][block["block_id"]][element["action_id"]]
        chosen = state.get("selected_conversation") or state.get("selected_channel")
        if chosen:
            channel = stage.channel(person, chosen)
            url = stage.response_url(person, channel)
            urls.append(
                {
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                    "channel_id": channel.id,
                    "response_url": url,
                }
            )
    return urls
