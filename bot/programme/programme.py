"""The programme in force: every question that the rest of the house asks about a hospital's configuration."""

import operator
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial, reduce
from zoneinfo import ZoneInfo

from bot.privacy import Guard, Locale
from bot.programme.calendars import calendar_for, calendars_elsewhere
from bot.programme.people import People, covers
from bot.programme.policies import next_milestone, stage_at, terms_for
from bot.programme.reach import Reach
from bot.programme.schema.file import ProgrammeFile
from bot.programme.schema.places import Site, Stage, Workstream
from bot.programme.schema.rules import STEERING, CalendarRule
from bot.programme.streams import Streams
from bot.programme.surroundings import surroundings_of
from bot.taskforce.burst import Burst, Contact, MilestoneDate
from bot.taskforce.calendar import Calendar
from bot.taskforce.covering import Cover
from bot.taskforce.family import Family, Role
from bot.taskforce.holders import Holders
from bot.taskforce.intake.answers import IntakeContext
from bot.taskforce.policy import ROLE, Policy
from bot.taskforce.seating import Filler, Roster
from bot.taskforce.severity import SeverityMatrix, severity_of
from bot.taskforce.surroundings import Surroundings
from bot.taskforce.terms import Notify, Severity

SAFETY_ROLE = "safety"


@dataclass(frozen=True, slots=True)
class Channels:
    """The programme's own channels, as Slack ids."""

    steering: str
    archive: str
    streams: Mapping[str, str]

    def workstream(self, workstream: str) -> str | None:
        """Where that workstream talks, None when it has no channel."""
        return self.streams.get(workstream)


class Programme:
    """A checked programme file, asked. It never changes; a new file makes a new programme.

    ``found`` maps e-mail addresses of people to Slack users, ``groups`` user groups to their users, as
    far as they are known; ``standing`` are the covers that people set in Slack.
    """

    def __init__(
        self,
        file: ProgrammeFile,
        found: Mapping[str, str] | None = None,
        groups: Mapping[str, tuple[str, ...]] | None = None,
        standing: Mapping[str, Cover] | None = None,
        gone: frozenset[str] = frozenset(),
    ) -> None:
        self.file = file
        self._found, self._groups, self._gone = found or {}, groups or {}, gone
        self._policies: dict[tuple[Severity, str, str, tuple[str, ...], int], Policy] = {}
        self.people = People(file, self._found, standing, gone)
        self.streams = Streams(file, self.people, self._groups)

    def with_people(
        self,
        found: Mapping[str, str],
        groups: Mapping[str, tuple[str, ...]] | None = None,
        gone: frozenset[str] = frozenset(),
    ) -> "Programme":
        """The same programme, knowing the Slack users of these e-mail addresses and user groups, and who is ``gone``."""
        if (found, groups or {}, gone) == (self._found, self._groups, self._gone):
            return self  # with the policies that it knows
        return Programme(self.file, found, groups, gone=gone)

    def with_covers(self, standing: Mapping[str, Cover]) -> "Programme":
        """The same programme while these people stand in for others."""
        if not standing:
            return self
        return Programme(self.file, self._found, self._groups, standing, self._gone)

    @cached_property
    def user_groups(self) -> frozenset[str]:
        """The Slack user groups that workstreams name."""
        return frozenset(s.user_group for s in self.file.workstreams.values() if s.user_group is not None)

    # --- What there is

    @property
    def families(self) -> Mapping[str, Family]:
        """Every kind of blocker, by id."""
        return self.file.families

    def family(self, family: str) -> Family | None:
        """The kind of blocker of that id."""
        return self.file.families.get(family)

    @property
    def stages(self) -> Mapping[str, Stage]:
        """Every project stage, by id."""
        return self.file.stages

    @property
    def roles(self) -> Mapping[str, Role]:
        """Every role, by id."""
        return self.file.roles

    def role_called(self, word: str) -> str | None:
        """The id of the role that ``word`` means: its id, its label or a local title.

        Capitals do not count, and between words ``_``, ``-`` and spaces are one.
        """
        return word if word in self.file.roles else self._titles.get(_plain(word))

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        return {
            _plain(title): name
            for name, role in self.file.roles.items()
            for title in (name, role.label, *role.aliases)
        }

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of its first site: where days begin that belong to no burst."""
        return ZoneInfo(next(iter(self.file.sites.values())).zone)

    @property
    def sites(self) -> Mapping[str, Site]:
        """Every site, by code."""
        return self.file.sites

    def site(self, code: str) -> Site | None:
        """The site of that code."""
        return self.file.sites.get(code)

    def workstream(self, workstream: str) -> Workstream | None:
        """The workstream of that id."""
        return self.file.workstreams.get(workstream)

    @cached_property
    def channels(self) -> Channels:
        """Where the steering cell, the archive and the workstreams are."""
        streams = {name: s.channel for name, s in self.file.workstreams.items() if s.channel is not None}
        return Channels(self.file.steering.channel, self.file.archive.channel, streams)

    @cached_property
    def surroundings(self) -> Surroundings:
        """What validation and predicates must know: what identifies people, where the organisation ends."""
        return surroundings_of(self.file)

    @cached_property
    def guard(self) -> Guard:
        """The guard against patient identifiers, with this programme's locales and known domains."""
        rules = self.file.privacy
        known = frozenset((*self.file.organisation.domains, *rules.vendor_domains))
        return Guard(frozenset(Locale(name) for name in rules.locales), known)

    @property
    def intake(self) -> IntakeContext:
        """What a form of this programme is checked with."""
        return IntakeContext(self.surroundings)

    @property
    def matrix(self) -> SeverityMatrix:
        """Severity by impact - 1 and urgency - 1."""
        return self.file.severity.matrix

    def severity(self, impact: int, urgency: int) -> Severity:
        """The severity that impact and urgency (1 to 3) mean before any conditional raises it."""
        return severity_of(self.matrix, impact, urgency)

    def proxy_for(self, host: str) -> str | None:
        """The proxy that the file names for a host; None when it names none."""
        return self.file.proxies.way_to(host) if self.file.proxies is not None else None

    # --- Who may do what

    def actor_leads(self, user: str) -> frozenset[str]:
        """The workstreams that this Slack user leads or stands in for."""
        return self.streams.led_by(user)

    def is_steering(self, user: str) -> bool:
        """Whether this Slack user is a member of the steering cell."""
        return self.people.key_of(user) in self.file.steering.members

    @property
    def administrators(self) -> tuple[str, ...]:
        """The Slack users who run the installation, as far as they are known."""
        return self.people.users(self.file.administrators)

    def is_admin(self, user: str) -> bool:
        """Whether this Slack user administers the programme."""
        return self.people.key_of(user) in self.file.administrators

    # --- Who is there

    def people_for(self, role: str, sites: Sequence[str], at: datetime) -> tuple[str, ...]:
        """The Slack users who fill ``role`` at ``sites`` at ``at`` (aware UTC), first in line first."""
        return tuple(filler.user for filler in self.people.fillers(role, self._known(sites), at))

    def roster(self, family: str | Family, sites: Sequence[str], at: datetime) -> Roster:
        """Who can be had for ``family`` at ``sites`` at ``at``, for ``seat`` and for who is next in line.

        For a family that the programme no longer has, the programme manager is the last resort.
        """
        known = self._known(sites)
        kind = self.file.families.get(family) if isinstance(family, str) else family
        return Roster(
            matrix=self.matrix,
            around=self.surroundings,
            fillers={role: self.people.fillers(role, known, at) for role in self.file.roles},
            contacts={role: self._contacts(role, known) for role in self.file.roles},
            workstream_lead=self._last_resort(kind, known[0], at),
            role_labels={role: entry.label for role, entry in self.file.roles.items()},
            place=", ".join(known),
        )

    def _last_resort(self, family: Family | None, site: str, at: datetime) -> Filler | None:
        if family is None:
            manager = self._one(self.file.programme_manager, at)
            return Filler(manager[0], site, "programme manager") if manager else None
        return self.streams.last_resort(family.workstream, site, at)

    def duty(self, at: datetime) -> str | None:
        """The steering cell's member on duty at ``at``, as a Slack user."""
        steering = self.file.steering
        zone = self.people.home_zone
        on_turn = self.people.on_turn(steering.duty, zone, at) if steering.duty is not None else None
        candidates = (on_turn, *(self.people.reached(member, at, zone) for member in steering.members))
        return next((user for user in candidates if user is not None), None)

    def reach(self, burst: Burst, at: datetime) -> Mapping[str, tuple[str, ...]]:
        """Whom each word of a ladder means for this burst at ``at``, as Slack users; empty where nobody.

        A role that the burst's own ladder names means whoever is first in line for it at each of its sites.
        """
        sites = self._known(burst.sites)
        return Reach(
            {
                **{
                    f"{ROLE}{role}": partial(self._first_in_line, role, sites, at)
                    for role in burst.policy.named_roles
                },
                Notify.OWNER: lambda: self._seated(burst.owner, at),
                Notify.DEPUTY: lambda: self._deputy(burst, sites, at),
                Notify.WORKSTREAM_LEAD: lambda: self.streams.in_line(burst.workstream, at)[:1],
                Notify.CLINICAL_LEAD: lambda: self._seated(burst.clinical_lead, at),
                Notify.TECHNICAL_LEAD: lambda: self._seated(burst.technical_lead, at),
                Notify.PROGRAMME_MANAGER: lambda: self._one(self.file.programme_manager, at),
                Notify.STEERING_DUTY: lambda: _people(self.duty(at)),
                Notify.VENDOR_CONTACT: lambda: self._vendor_contacts(burst, at),
                Notify.STEERING_CELL: lambda: self._cell(at),
                Notify.SPONSOR: lambda: self._one(self.file.sponsor, at),
                Notify.SAFETY_OFFICER: lambda: self.people_for(SAFETY_ROLE, sites, at)[:1],
            }
        )

    def _deputy(self, burst: Burst, sites: Sequence[str], at: datetime) -> tuple[str, ...]:
        """Who is next in line for the owner's role."""
        line = self.people_for(burst.owner_role, sites, at)
        return tuple(user for user in line if user != burst.owner)[:1]

    def _first_in_line(self, role: str, sites: Sequence[str], at: datetime) -> tuple[str, ...]:
        first = (user for site in sites for user in self.people_for(role, (site,), at)[:1])
        return tuple(dict.fromkeys(first))

    def _seated(self, user: str | None, at: datetime) -> tuple[str, ...]:
        """Who is told of a seat: its holder, and whoever stands in for them meanwhile."""
        return self.people.with_cover(user, at) if user is not None else ()

    def holders(self, right: str, sites: Sequence[str], at: datetime, stage: str | None = None) -> Holders:
        """Who holds a decision right at these sites and in that stage, and how many of them must agree.

        The steering cell does when the register does not know the right, or not in that stage.
        """
        found = self.file.decision_rights.get(right)
        quorum = found.quorum if found else None
        kind, _, name = (found.held_by(stage) if found else STEERING).partition(":")
        if kind == "role":
            label = self.file.roles[name].label if name in self.file.roles else name
            users = self.people_for(name, sites, at)
            return Holders(dict.fromkeys(users), quorum or 1, f"whoever is {label} at {', '.join(sites)}")
        if kind == "workstream":
            called = f"the lead of {self.streams.label(name)} or a deputy"
            return Holders(dict.fromkeys(self.streams.leads(name, at)), quorum or 1, called)
        return Holders(self._seats(at), quorum or self.file.steering.quorum, "the steering cell")

    def _seats(self, at: datetime) -> Mapping[str, str | None]:
        """The steering cell's members, each with whoever stands in for them."""
        members = self.people.users(self.file.steering.members)
        return {user: next(iter(self.people.with_cover(user, at)[1:]), None) for user in members}

    def _cell(self, at: datetime) -> tuple[str, ...]:
        return Holders(self._seats(at)).people

    # --- What is promised

    def policy_for(
        self, severity: Severity, family: str, stage: str, sites: Sequence[str], at: datetime
    ) -> Policy:
        """The policy to freeze with a burst: terms with every override, and the calendars of its sites.

        While a site goes live at ``at`` (aware UTC), the terms are those of that stage. Public holidays are
        frozen for the year of ``at`` and the two after it. Bursts that are promised the same share one policy.
        """
        known = {code: self.file.sites[code] for code in self._known(sites)}
        asked = (severity, family, stage_at(stage, known, at), tuple(sites), at.year)
        if asked not in self._policies:
            self._policies[asked] = self._policy(*asked)
        return self._policies[asked]

    def milestone_for(self, stage: str, sites: Sequence[str], at: datetime) -> MilestoneDate | None:
        """The next milestone of the stage at one of these sites, at ``at`` (aware UTC); None without one."""
        known = self.file.stages.get(stage)
        here = {code: self.file.sites[code] for code in self._known(sites)}
        return next_milestone(known, here, at) if known is not None else None

    def _policy(
        self, severity: Severity, family: str, stage: str, sites: tuple[str, ...], year: int
    ) -> Policy:
        rules = self.file.severity
        first, *codes = self._known(sites)
        further = {code: self.file.sites[code] for code in codes}
        terms = terms_for(rules, severity, family, stage, sites)
        name = terms.calendar_by_stage.get(stage, terms.calendar)
        calendars = {
            known: calendar_for(rule, self.file.sites[first], year) for known, rule in rules.calendars.items()
        }
        elsewhere = {
            known: calendars_elsewhere(known, rules.calendars[known], further, year)
            for known in dict.fromkeys((name, "business"))
        }
        return Policy.model_validate(
            {
                **dict(terms),
                "severity": severity,
                "calendar": name,
                "calendars": reduce(operator.or_, elsewhere.values(), calendars),
                "elsewhere": {known: tuple(others) for known, others in elsewhere.items()},
                "milestone": rules.milestone,
                "grace": self.file.archive.grace,
            }
        )

    def home_calendar(self, at: datetime) -> Calendar:
        """The working time of the organisation's home, its first site, with the holidays of ``at``'s years."""
        site = next(iter(self.file.sites.values()))
        return calendar_for(CalendarRule(hours="site", holidays="stop"), site, at.year).calendar

    def _known(self, sites: Sequence[str]) -> tuple[str, ...]:
        """The sites that the programme has: an old burst may name one that is gone."""
        return tuple(site for site in sites if site in self.file.sites) or tuple(self.file.sites)[:1]

    def _one(self, key: str | None, at: datetime) -> tuple[str, ...]:
        return _people(self.people.reached(key, at, self.people.home_zone)) if key else ()

    def _contacts(self, role: str, sites: Sequence[str]) -> tuple[Contact, ...]:
        return tuple(
            Contact(role, entry.text)
            for entry in self.file.contacts
            if entry.role == role and any(covers(entry.sites, site) for site in sites)
        )

    def _vendor_contacts(self, burst: Burst, at: datetime) -> tuple[str, ...]:
        """Escalation people of the vendors whose contacts the burst shows."""
        shown = {(contact.role, contact.text) for contact in burst.contacts}
        concerned = dict.fromkeys(
            entry.vendor
            for entry in self.file.contacts
            if entry.vendor is not None and (entry.role, entry.text) in shown
        )
        keys = [v.escalation for name in concerned if (v := self.file.vendors.get(name)) is not None]
        return tuple(user for key in keys for user in self._one(key, at))


def _plain(title: str) -> str:
    return " ".join(re.split(r"[\s_-]+", title.strip().casefold()))


def _people(user: str | None) -> tuple[str, ...]:
    return (user,) if user is not None else ()
