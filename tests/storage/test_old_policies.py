"""A policy that was frozen before a ladder's steps could do more is loaded with what held then."""

import json

from sqlalchemy import select, update

from bot.taskforce.policy import Needed
from storage.tables import PolicySnapshot, table
from tests.storage.bursts import NOW, change, loaded, opening, plain_burst, policy
from tests.store_fixtures import Database

_POLICY = table(PolicySnapshot)
STEP = {
    "id": "late",
    "trigger": {"clock": "resolve", "at": "due"},
    "notify": ["owner"],
    "answer_within": "10m",
    "say": "{key} is late.",
}


def test_a_burst_under_an_old_policy_is_loaded_and_goes_on(database: Database) -> None:
    frozen = policy(ladder=[STEP])
    with database.opened() as store, store.write() as unit:
        unit.apply(opening(plain_burst(policy=frozen)), now=NOW)
        connection = unit._connection
        (body,) = connection.execute(select(_POLICY.c.body)).scalars()
        old = {**json.loads(body), "ladder": [STEP]}
        connection.execute(update(_POLICY).values(body=json.dumps(old)))

    with database.opened() as store:  # another process, which has not seen the policy
        before = loaded(store)
        with store.write() as unit:
            unit.apply(change(before, title="It goes on"), now=NOW)
        after = loaded(store)

    (step,) = before.policy.ladder
    assert (step.answer, step.repeat, step.bring) == (Needed.ANY, None, ())
    assert (after.title, after.policy) == ("It goes on", frozen)
