"""The terms that hold for one burst: the severity's, with every override that applies."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.programme.people import covers
from bot.programme.schema.places import Site, Stage
from bot.programme.schema.rules import Override, SeverityRules
from bot.taskforce.burst import MilestoneDate
from bot.taskforce.policy import PolicyTerms
from bot.taskforce.terms import Severity

GO_LIVE = "go_live"


def stage_at(stage: str, sites: Mapping[str, Site], at: datetime) -> str:
    """The stage whose terms hold at ``at`` (aware UTC): that of going live, while one of the sites does.

    ``sites`` are those of the burst, by code; their windows are days in each site's own time.
    """
    return GO_LIVE if any(_goes_live(site, at) for site in sites.values()) else stage


def _goes_live(site: Site, at: datetime) -> bool:
    today = at.astimezone(ZoneInfo(site.zone)).date()
    return any(window.start <= today <= window.until for window in site.go_live)


def next_milestone(stage: Stage, sites: Mapping[str, Site], at: datetime) -> MilestoneDate | None:
    """The stage's first milestone at one of the sites that is not over at ``at`` (aware UTC), if there is one.

    ``sites`` are those of the burst, by code; it is over where the day ends first.
    """
    today = max(at.astimezone(ZoneInfo(site.zone)).date() for site in sites.values())
    ahead = (
        MilestoneDate(one.label, one.on)
        for one in stage.milestones
        if one.on >= today and (not one.sites or set(one.sites) & set(sites))
    )
    return min(ahead, key=lambda one: one.on, default=None)


def terms_for(
    rules: SeverityRules, severity: Severity, family: str, stage: str, sites: Sequence[str]
) -> PolicyTerms:
    """The severity's terms with every override that applies, in the order of the file; later ones win."""
    terms = rules.policies.of(severity)
    for override in rules.overrides:
        if applies(override, severity, family, stage, sites):
            changed = {name: getattr(override.terms, name) for name in override.terms.model_fields_set}
            if "calendar" in changed:
                # A calendar that is set for this case holds in every stage of it.
                changed["calendar_by_stage"] = {}
            terms = terms.model_copy(update=changed)
    return terms


def applies(override: Override, severity: Severity, family: str, stage: str, sites: Sequence[str]) -> bool:
    """Whether an override is meant; one for a site applies when the burst is at that site at all."""
    return (
        (not override.severities or severity in override.severities)
        and (not override.families or family in override.families)
        and (not override.stages or stage in override.stages)
        and any(covers(override.sites, site) for site in sites)
    )
