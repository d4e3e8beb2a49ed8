"""A channel that a person supplies becomes the burst's, when none could be made."""

from bot.errors import Refused
from bot.operations.office import Office, Request, load, write
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst, Place
from bot.taskforce.lifecycle.gates import UNDER_WAY, state_in
from bot.taskforce.permissions import Right, require

_DIRECT = "D"  # how Slack begins the id of a direct message


def attach(
    office: Office, request: Request, burst_id: int, channel: str, *, in_private: bool = False
) -> Burst:
    """Make ``channel`` the burst's home.

    Raises ``Refused`` when the burst has ended, has a channel or is about to, or the channel is another's
    or a direct message. A private burst moves only into a private channel (``in_private``): its card is
    posted there.
    """
    if channel.startswith(_DIRECT):
        raise Refused(
            "not_a_channel",
            f"A direct message is no home; type `/burst attach BURST-{burst_id}` in a channel.",
        )
    with write(office, request, "attach") as (unit, now):
        burst, actor = load(unit, office, request, burst_id)
        require(Right.EXPAND, actor, burst)
        state_in(burst, UNDER_WAY)
        if burst.place is None and not burst.place_lost:
            raise Refused("being_made", f"The channel of {burst.key} is being made; give it a moment.")
        if burst.place is not None and burst.place.ours:
            raise Refused("has_channel", f"{burst.key} has a channel of its own.")
        if burst.private and not in_private:
            raise Refused(
                "public_channel",
                f"{burst.key} is private: anybody could read it here. Type this in a private channel that only "
                "its members are in.",
            )
        taken = unit.bursts.by_channel(channel)
        if taken is not None and taken.id != burst.id:
            raise Refused("channel_taken", "This channel belongs to another burst; use one of its own.")
        place = Place(channel, ours=False)
        decision = lifecycle.move_to(burst, place, "attached by a person", now=now, furnish=True)
        return unit.apply(decision, now=now)
