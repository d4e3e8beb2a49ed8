"""Files: announced, uploaded, completed, shared, and read back only with the right token."""

import httpx
import pytest
from slack_sdk import WebClient

from bot.sandbox.client import Person, Refused, SandboxClient
from tests.sandbox.support import BOT_TOKEN, refusal


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
