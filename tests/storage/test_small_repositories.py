"""Request keys, drafts, posts, people, settings and replicas."""

from dataclasses import replace

import pytest

from bot import clock
from bot.taskforce.covering import Cover
from bot.taskforce.terms import Standing
from storage import Store
from storage.directory import Person
from storage.inbox import KEPT_FOR_SECONDS
from storage.posts import PostRow
from storage.replicas import Watch
from tests.storage.bursts import NOW, at, opening, plain_burst, stored

WALL = 1_800_000_000.0
HOUR = 3600.0


class Wall:
    """Real time as a test tells it."""

    def __init__(self) -> None:
        self.now = WALL

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    moved = Wall()
    monkeypatch.setattr(clock, "wall", moved)
    return moved


def test_a_delivery_is_remembered_once_with_its_answer(store: Store) -> None:
    with store.write() as unit:
        assert unit.inbox.remember("Ev1", "accept", NOW)
        unit.inbox.settle("Ev1", {"burst": 42})

    with store.write() as unit:
        assert not unit.inbox.remember("Ev1", "accept", NOW)
        assert unit.inbox.remember("Ev2", "accept", NOW)
        assert unit.inbox.outcome("Ev1") == {"burst": 42}
        assert unit.inbox.outcome("Ev2") is None
        assert unit.inbox.outcome("Ev3") is None


def test_a_refused_delivery_does_not_use_its_key_up(store: Store) -> None:
    def refuse() -> None:
        with store.write() as unit:
            unit.inbox.remember("Ev1", "accept", NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        refuse()

    with store.write() as unit:
        assert unit.inbox.remember("Ev1", "accept", NOW)


def test_keys_are_forgotten_after_two_real_days(store: Store, wall: Wall) -> None:
    with store.write() as unit:
        unit.inbox.remember("Ev1", "accept", NOW)
        assert unit.inbox.purge(wall.now + KEPT_FOR_SECONDS) == 0
        assert unit.inbox.purge(wall.now + KEPT_FOR_SECONDS + 1) == 1


def test_a_draft_is_its_owners_alone(store: Store) -> None:
    with store.write() as unit:
        draft = unit.drafts.create("U_A", "opening", {"title": "CT", "sites": ["NGH"]})
        other = unit.drafts.create("U_A", "opening", {})
        assert unit.drafts.get(draft.id, "U_A") == draft
        assert unit.drafts.get(draft.id, "U_B") is None
    assert draft.id != other.id
    assert len(draft.id) >= 20


def test_a_draft_lives_an_hour_from_when_it_was_last_saved(store: Store, wall: Wall) -> None:
    with store.write() as unit:
        draft = unit.drafts.create("U_A", "opening", {"page": 1})
    wall.now += HOUR / 2
    with store.write() as unit:
        assert unit.drafts.save(draft, {"page": 2})
    wall.now += HOUR
    with store.read() as unit:
        kept = unit.drafts.get(draft.id, "U_A")
    assert kept is not None
    assert kept.body == {"page": 2}

    wall.now += 1
    with store.write() as unit:
        assert unit.drafts.get(draft.id, "U_A") is None
        assert unit.drafts.purge(wall.now) == 1
        assert not unit.drafts.save(draft, {"page": 3})


def test_a_draft_of_somebody_else_is_not_overwritten(store: Store) -> None:
    with store.write() as unit:
        draft = unit.drafts.create("U_A", "opening", {"page": 1})
        assert not unit.drafts.save(replace(draft, user="U_B"), {"page": 9})
        assert unit.drafts.get(draft.id, "U_A") == draft


def test_a_discarded_draft_is_gone(store: Store) -> None:
    with store.write() as unit:
        draft = unit.drafts.create("U_A", "opening", {})
        unit.drafts.discard(draft.id)
        assert unit.drafts.get(draft.id, "U_A") is None


CARD = PostRow(1, "card", "", None, "C_1", "1700000000.000100", outbox_id=7, version=2)
PING = replace(CARD, slot="ping", subject='{"clock": 1}', user="U_A", channel="D_A", outbox_id=8)


def test_a_post_is_found_by_slot_by_message_and_by_intent(store: Store) -> None:
    stored(store, opening(plain_burst()))
    with store.write() as unit:
        card = replace(CARD, id=unit.posts.record(CARD))
        newer = replace(CARD, ts="1700000000.000200", outbox_id=9)
        newer = replace(newer, id=unit.posts.record(newer))
        ping = replace(PING, id=unit.posts.record(PING))

    with store.read() as unit:
        assert unit.posts.find(1) == [card, newer, ping]
        assert unit.posts.find(1, "card") == [card, newer]
        assert unit.posts.find(1, "ping", subject='{"clock": 1}', user="U_A") == [ping]
        assert unit.posts.find(1, "ping", subject='{"clock": 2}') == []
        assert unit.posts.find(2) == []
        assert unit.posts.latest(1, "card") == newer
        assert unit.posts.latest(1, "summary") is None
        assert unit.posts.at("D_A", PING.ts) == [ping]
        assert unit.posts.at("D_B", PING.ts) == []
        assert unit.posts.by_outbox(8) == ping
        assert unit.posts.by_outbox(99) is None


def test_a_post_never_shows_an_older_version_again(store: Store) -> None:
    stored(store, opening(plain_burst()))
    with store.write() as unit:
        post_id = unit.posts.record(CARD)
        unit.posts.show(post_id, 5)
        unit.posts.show(post_id, 4)
        (found,) = unit.posts.find(1)
    assert found.version == 5


def test_a_settled_post_wants_nothing_any_more(store: Store) -> None:
    stored(store, opening(plain_burst()))
    with store.write() as unit:
        post_id = unit.posts.record(PING)
        other = unit.posts.record(replace(PING, user="U_B", channel="D_B"))
        unit.posts.settle(post_id, at(3))
        assert [post.id for post in unit.posts.find(1, "ping", unsettled=True)] == [other]
        assert unit.posts.find(1, "ping")[0].settled_at == at(3)


ANNA = Person("U_A", "T_1", "anna", "Anna Example", "Europe/London", "", "", Standing.MEMBER, NOW)


def test_people_are_kept_as_slack_last_described_them(store: Store) -> None:
    left = replace(ANNA, standing=Standing.DEACTIVATED, name="Anna E.", refreshed_at=at(1))
    with store.write() as unit:
        unit.directory.put(ANNA)
        assert unit.directory.get("U_A") == ANNA
        unit.directory.put(left)
        unit.directory.put(replace(ANNA, user="U_B"))

    with store.read() as unit:
        assert unit.directory.get("U_A") == left
        assert unit.directory.get("U_C") is None
        assert list(unit.directory.get_many(["U_B", "U_A", "U_C"])) == ["U_A", "U_B"]
        assert [person.user for person in unit.directory.everybody()] == ["U_A", "U_B"]


@pytest.mark.parametrize("standing", Standing)
def test_every_standing_can_be_stored(store: Store, standing: Standing) -> None:
    with store.write() as unit:
        unit.directory.put(replace(ANNA, standing=standing))
        assert unit.directory.get_many(["U_A"])["U_A"].standing is standing


def test_a_known_direct_channel_survives_a_refresh(store: Store) -> None:
    with store.write() as unit:
        unit.directory.put(ANNA)
        unit.directory.open_direct("U_A", "D_A")
        unit.directory.put(ANNA)
        assert unit.directory.get_many(["U_A"])["U_A"].direct_channel == "D_A"
        unit.directory.put(replace(ANNA, direct_channel="D_NEW"))
        assert unit.directory.get_many(["U_A"])["U_A"].direct_channel == "D_NEW"


def test_people_are_found_by_their_address_until_they_are_deactivated(store: Store) -> None:
    with store.write() as unit:
        unit.directory.put(replace(ANNA, email="anna@ngh.example"))
        unit.directory.put(replace(ANNA, user="U_B", email="ben@ngh.example", standing=Standing.DEACTIVATED))
        asked = ["anna@ngh.example", "ben@ngh.example", "cleo@ngh.example"]
        assert unit.directory.by_email(asked) == {"anna@ngh.example": "U_A"}
        assert unit.directory.by_email([]) == {}


def test_a_group_is_kept_and_replaced_in_its_order(store: Store) -> None:
    with store.write() as unit:
        assert unit.groups.get("S_1") == ()
        unit.groups.put("S_1", ["U_B", "U_A", "U_B"])
        assert unit.groups.get("S_1") == ("U_B", "U_A")
        unit.groups.put("S_1", [])
        assert unit.groups.get("S_1") == ()


def test_a_setting_is_kept_and_replaced(store: Store) -> None:
    with store.write() as unit:
        assert unit.settings.get("team") is None
        unit.settings.put("team", "T_1")
        unit.settings.put("team", "T_2")
        assert unit.settings.get("team") == "T_2"


def test_a_replica_beats_until_it_leaves(store: Store) -> None:
    with store.write() as unit:
        unit.replicas.enter("a", NOW)
        unit.replicas.enter("b", NOW)
        assert unit.replicas.beat("a")
        assert unit.replicas.beat("a")
        assert unit.replicas.beats() == {"a": 2, "b": 0}
        unit.replicas.leave("a")
        assert not unit.replicas.beat("a")
        assert unit.replicas.beats() == {"b": 0}


def test_a_replica_whose_beat_stands_still_for_the_lease_time_is_dead() -> None:
    watch = Watch(lease_for=30.0)

    assert watch.dead({"a": 1, "b": 1}, 100.0) == frozenset()
    assert watch.dead({"a": 2, "b": 1}, 129.9) == frozenset()
    assert watch.dead({"a": 2, "b": 1}, 130.0) == {"b"}
    assert watch.dead({"a": 2, "b": 2}, 159.8) == frozenset()
    assert watch.dead({"a": 2, "b": 3}, 159.9) == {"a"}


def test_a_replica_that_was_away_is_watched_anew() -> None:
    watch = Watch(lease_for=30.0)
    watch.dead({"a": 1}, 100.0)
    watch.dead({}, 110.0)

    assert watch.dead({"a": 1}, 131.0) == frozenset()


@pytest.mark.parametrize("number", [2**31, 10**18 - 1])
def test_a_number_that_no_burst_can_have_is_no_burst(store: Store, number: int) -> None:
    with store.read() as unit:
        assert unit.bursts.get(number) is None
        assert unit.bursts.get_many([1, number]) == {}
        assert unit.archives.get(number) is None


def test_a_cover_holds_from_its_beginning_to_its_end_and_the_latest_counts(store: Store) -> None:
    first = Cover("U_ANN", "U_BOB", at(0), at(60), "U_ANN")
    second = Cover("U_ANN", "U_CAT", at(10), at(30), "U_LEAD")
    with store.write() as unit:
        unit.covers.put(first)
    with store.read() as unit:
        assert unit.covers.standing(at(0)) == {"U_ANN": first}
        assert unit.covers.standing(at(60)) == {}
    with store.write() as unit:
        unit.covers.put(second)
        assert unit.covers.standing(at(20)) == {"U_ANN": second}
        assert unit.covers.standing(at(40)) == {}
        assert unit.covers.drop("U_ANN")
        assert not unit.covers.drop("U_ANN")
