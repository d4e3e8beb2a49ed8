"""Files: announced, uploaded, completed, shared, and read back only with the right token."""

from typing import Any

import httpx
import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.sandbox.client import Person, Refused, SandboxClient
from tests.sandbox.support import BOT_TOKEN, fresh, modal, plain, refusal

PAGE = modal(
    "form",
    {
        "type": "input",
        "block_id": "file",
        "label": plain("Files"),
        "element": {"type": "file_input", "action_id": "file", "max_files": 5},
    },
)


def announce(slack: WebClient, length: int = 3) -> tuple[str, str]:
    """Announce a file and return its id and where its bytes go."""
    answer = slack.files_getUploadURLExternal(filename="log.txt", length=length)
    return str(answer["file_id"]), str(answer["upload_url"])


def test_a_file_travels_to_the_people_of_a_channel(slack: WebClient, channel: str, ann: Person) -> None:
    answer = slack.files_upload_v2(
        channel=channel, content="the summary", filename="summary.txt", initial_comment="closed"
    )
    message = ann.messages(channel)[-1]
    assert (message["text"], message["files"][0]["name"]) == ("closed", "summary.txt")
    assert ann.download(answer["file"]["id"]) == b"the summary"


def test_a_file_knows_where_it_is_shared(slack: WebClient, channel: str) -> None:
    answer = slack.files_upload_v2(channel=channel, content="x", filename="x.txt")
    file = slack.files_info(file=answer["file"]["id"])["file"]
    posted = slack.conversations_history(channel=channel)["messages"][0]["ts"]
    assert file["shares"]["public"][channel] == [{"ts": posted}]


def test_bytes_are_read_with_a_token_and_hidden_without(slack: WebClient, channel: str) -> None:
    answer = slack.files_upload_v2(channel=channel, content="secret", filename="x.txt")
    where = answer["file"]["url_private_download"]
    headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
    assert httpx.get(where, headers=headers, trust_env=False).content == b"secret"
    without = httpx.get(where, trust_env=False)
    assert "Sign in" in without.text
    assert "secret" not in without.text


def test_an_empty_file_is_impossible(slack: WebClient) -> None:
    code = refusal(slack.files_getUploadURLExternal, filename="x.txt", length=0)
    assert code == "missing_argument"


def test_bytes_must_be_as_many_as_announced(slack: WebClient) -> None:
    file_id, where = announce(slack, length=3)
    assert httpx.post(where, content=b"four", trust_env=False).status_code == 400
    code = refusal(slack.files_completeUploadExternal, files=[{"id": file_id, "title": "t"}])
    assert code == "file_not_found"


def test_an_upload_address_works_once(slack: WebClient) -> None:
    _file_id, where = announce(slack)
    assert httpx.post(where, content=b"abc", trust_env=False).status_code == 200
    assert httpx.post(where, content=b"abc", trust_env=False).status_code == 400


def test_a_form_upload_works_too(slack: WebClient) -> None:
    file_id, where = announce(slack)
    httpx.post(where, files={"filename": ("log.txt", b"abc")}, trust_env=False).raise_for_status()
    assert slack.files_completeUploadExternal(files=[{"id": file_id, "title": "t"}])["ok"]


def test_an_upload_is_completed_once(slack: WebClient) -> None:
    file_id, where = announce(slack)
    httpx.post(where, content=b"abc", trust_env=False)
    slack.files_completeUploadExternal(files=[{"id": file_id, "title": "t"}])
    code = refusal(slack.files_completeUploadExternal, files=[{"id": file_id, "title": "t"}])
    assert code == "file_update_failed"


def test_an_unshared_file_is_the_apps_alone(slack: WebClient, ann: Person) -> None:
    file_id, where = announce(slack)
    httpx.post(where, content=b"abc", trust_env=False)
    slack.files_completeUploadExternal(files=[{"id": file_id, "title": "t"}])
    with pytest.raises(Refused):
        ann.download(file_id)


def test_a_workspace_may_refuse_uploads(client: SandboxClient, slack: WebClient) -> None:
    client.switch(uploads_disabled=True)
    code = refusal(slack.files_getUploadURLExternal, filename="x.txt", length=1)
    assert code == "file_uploads_disabled"


def test_a_deleted_file_is_gone(slack: WebClient, channel: str) -> None:
    answer = slack.files_upload_v2(channel=channel, content="x", filename="x.txt")
    file_id = answer["file"]["id"]
    slack.files_delete(file=file_id)
    assert refusal(slack.files_info, file=file_id) == "file_deleted"


def test_what_a_person_uploads_the_app_can_read(slack: WebClient, channel: str, ann: Person) -> None:
    message = ann.upload(channel, "trace.txt", "c-store failed", comment="evidence")
    file = slack.files_info(file=message["files"][0]["id"])["file"]
    assert (file["name"], file["user"]) == ("trace.txt", ann.id)
    assert file["id"] in [listed["id"] for listed in slack.files_list()["files"]]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"length": 1_000_000_001}, "file_upload_size_restricted"),
        ({"length": 1_000_001, "snippet_type": "text"}, "snippet_too_large"),
        ({"length": 1, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
    ],
)
def test_a_file_has_limits(slack: WebClient, arguments: dict[str, object], code: str) -> None:
    assert refusal(slack.files_getUploadURLExternal, filename="x.txt", **arguments) == code


def uploaded(slack: WebClient) -> list[dict[str, str | None]]:
    """Upload a file that waits to be completed."""
    file_id, where = announce(slack)
    httpx.post(where, content=b"abc", trust_env=False)
    return [{"id": file_id, "title": "t"}]


def test_a_file_is_shared_only_where_the_app_may_post(
    client: SandboxClient, slack: WebClient, channel: str, ann: Person
) -> None:
    files = uploaded(slack)
    theirs = client.add_channel(fresh("theirs"), members=[ann.name])["id"]
    share = slack.files_completeUploadExternal
    assert refusal(share, files=files, channel_id=theirs) == "not_in_channel"
    assert refusal(share, files=files, channel_id="C404") == "channel_not_found"
    crowd = [f"C{number}" for number in range(101)]
    assert refusal(share, files=files, channels=crowd) == "channels_limit_exceeded"
    assert refusal(share, files=files, thread_ts="1.1") == "invalid_arguments"
    slack.conversations_archive(channel=channel)
    assert refusal(share, files=files, channel_id=channel) == "is_archived"


def test_another_persons_file_is_not_the_apps_to_delete(slack: WebClient, channel: str, ann: Person) -> None:
    file_id = ann.upload(channel, "x.txt", "x")["files"][0]["id"]
    assert refusal(slack.files_delete, file=file_id) == "cant_delete_file"


def test_a_file_among_others_does_not_exist_for_the_app(
    client: SandboxClient, slack: WebClient, ann: Person
) -> None:
    theirs = client.add_channel(fresh("secret"), is_private=True, members=[ann.name])["id"]
    file_id = ann.upload(theirs, "x.txt", "x")["files"][0]["id"]
    assert refusal(slack.files_info, file=file_id) == "file_not_found"


def test_the_app_reads_a_file_that_was_put_into_its_page(
    app: App, slack: WebClient, client: SandboxClient, ann: Person, ben: Person
) -> None:
    opened: list[str] = []

    @app.command("/plain")
    def _(ack: Ack, body: dict[str, Any]) -> None:
        opened.append(str(slack.views_open(trigger_id=body["trigger_id"], view=PAGE)["view"]["id"]))
        ack()

    @app.view("form")
    def _(ack: Ack) -> None:
        ack()

    aside = client.add_channel(fresh("aside"), members=[ann.name, ben.name], is_private=True)
    file = ann.upload(str(aside["id"]), "shot.txt", "the picture")["files"][0]
    assert refusal(slack.files_info, file=file["id"]) == "file_not_found"
    for person in (ben, ann):
        person.command("/plain", "general")
        view = {"id": opened[-1]}
        if person is ben:
            with pytest.raises(Refused):
                ben.submit(view, {"file": [{"id": file["id"]}]})
        else:
            assert ann.submit(view, {"file": [{"id": file["id"]}]})["outcome"] == "acknowledged"

    assert slack.files_info(file=file["id"])["file"]["name"] == "shot.txt"
