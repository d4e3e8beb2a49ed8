"""People and user groups, as the app finds them."""

from slack_sdk import WebClient

from bot.sandbox.client import Person, SandboxClient
from tests.sandbox.support import fresh, refusal


def test_a_person_is_found_by_id_and_by_address(client: SandboxClient, slack: WebClient) -> None:
    address = f"{fresh('eva')}@hospital.example"
    eva = client.add_person(fresh("eva"), email=address, tz="Europe/Oslo", title="PACS lead")
    found = slack.users_info(user=eva.id)["user"]
    assert (found["tz"], found["profile"]["title"]) == ("Europe/Oslo", "PACS lead")
    assert slack.users_lookupByEmail(email=address.upper())["user"]["id"] == eva.id


def test_nobody_is_found_by_a_wrong_id_or_address(slack: WebClient) -> None:
    assert refusal(slack.users_info, user="U404") == "user_not_found"
    assert refusal(slack.users_lookupByEmail, email="no@hospital.example") == "users_not_found"


def test_a_deactivated_person_is_listed_but_not_found_by_address(
    client: SandboxClient, slack: WebClient
) -> None:
    address = f"{fresh('leo')}@hospital.example"
    leo = client.add_person(fresh("leo"), email=address)
    client.change_person(leo, deleted=True)
    listed = {user["id"]: user["deleted"] for user in slack.users_list()["members"]}
    assert listed[leo.id]
    assert refusal(slack.users_lookupByEmail, email=address) == "users_not_found"


def test_everybody_is_listed_once_in_pages(slack: WebClient, ann: Person, ben: Person) -> None:
    ids = [user["id"] for page in slack.users_list(limit=1) for user in page["members"]]
    assert {ann.id, ben.id} <= set(ids)
    assert len(ids) == len(set(ids))


def test_people_of_other_organisations_are_not_listed(client: SandboxClient, slack: WebClient) -> None:
    vendor = client.add_person(fresh("vendor"), team_id="T0PARTNER", is_stranger=False)
    assert vendor.id not in [user["id"] for user in slack.users_list()["members"]]
    assert slack.users_info(user=vendor.id)["user"]["team_id"] == "T0PARTNER"


def test_a_group_has_its_people(client: SandboxClient, slack: WebClient, ann: Person, ben: Person) -> None:
    group = client.add_group(fresh("pacs-on-call"), [ann.name, ben.name])
    assert slack.usergroups_users_list(usergroup=group["id"])["users"] == [ann.id, ben.id]
    listed = {entry["id"]: entry for entry in slack.usergroups_list(include_users=True)["usergroups"]}
    assert listed[group["id"]]["users"] == [ann.id, ben.id]
    assert refusal(slack.usergroups_users_list, usergroup="S404") == "no_such_subteam"


def test_some_plans_have_no_groups(client: SandboxClient, slack: WebClient) -> None:
    client.switch(no_user_groups=True)
    assert refusal(slack.usergroups_list) == "plan_upgrade_required"


def test_the_workspace_and_the_bot_introduce_themselves(client: SandboxClient, slack: WebClient) -> None:
    about = client.about()
    assert slack.team_info()["team"]["id"] == about["team_id"]
    assert slack.bots_info(bot=about["bot_id"])["bot"]["app_id"] == about["app_id"]
    assert refusal(slack.bots_info, bot="B404") == "bot_not_found"
