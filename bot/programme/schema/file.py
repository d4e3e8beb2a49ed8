"""The whole programme file, after the hospital's part was laid over the shipped imaging default."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from bot.programme.schema.people import Archive, ContactEntry, Person, Rotation, Steering, Vendor
from bot.programme.schema.places import Organisation, Proxies, Site, Stage, Workstream
from bot.programme.schema.rules import DecisionRight, Files, IdentifyingRules, Privacy, SeverityRules
from bot.programme.schema.words import PersonKey, SiteCode
from bot.taskforce.family import DelayCause, Family, Role
from bot.taskforce.policy import Frozen, Id


class ProgrammeFile(Frozen):
    """Everything that a programme says. References between its parts are checked apart from its shape."""

    organisation: Organisation
    administrators: tuple[PersonKey, ...] = ()
    programme_manager: PersonKey | None = None
    sponsor: PersonKey | None = None
    sites: Annotated[Mapping[SiteCode, Site], Field(min_length=1)]
    workstreams: Annotated[Mapping[Id, Workstream], Field(min_length=1)]
    stages: Annotated[Mapping[Id, Stage], Field(min_length=1)]
    roles: Annotated[Mapping[Id, Role], Field(min_length=1)]
    people: Mapping[PersonKey, Person]
    contacts: tuple[ContactEntry, ...] = ()
    vendors: Mapping[Id, Vendor] = Field(default_factory=dict)
    rotations: Mapping[Id, Rotation] = Field(default_factory=dict)
    steering: Steering
    archive: Archive
    decision_rights: Mapping[Id, DecisionRight] = Field(default_factory=dict)
    families: Annotated[Mapping[Id, Family], Field(min_length=1)]
    delay_causes: Mapping[Id, DelayCause]
    severity: SeverityRules
    identifying: IdentifyingRules
    privacy: Privacy = Privacy()
    files: Files = Files()
    proxies: Proxies | None = None
