"""The words around a value: what leads from a label to it, and who is spoken of."""

import re

from bot.privacy.wordlists import words

# What may stand between a label and its value: "the MRN on the banner for this lady reads 00482913".
LEADING = words(
    "is was are were be been being has have had = the this that a an her his their its our my of on in for as at by to from"
    " reads read shows showing shown show says said saying appears appeared comes came through up got gets listed recorded"
    " entered typed registered stored sent displayed given starts ends now currently still also only just actually really"
    " should would must not and but or with wrong correct incorrect right old new former previous current original actual real"
    " true false duplicate same different changed truncated cut became becomes instead value values val field string text"
    " code banner screen wristband label request form order worklist patient pt pat lady gentleman man woman girl boy child baby"
    " study exam scan case mr mrs ms who whose which it he she they called no nr number num id ids local issuer assigner"
    " e g i.e below above attached follows following example like ist war lautet est es e il la le der die das den"
    " lo sh pn da cx st ui vr system urn oid usual official type use http www org valuestring holds hold contains carries console disc disk cd ris pacs ehr emr his modality scanner viewer header sticker letter referral printout report portal hl7 adt film list side display card document database page td th tr span div strong li code pre ending end up both two systems first second one other another archive"
) - {"e", "g"}  # fmt: skip
# Words behind which a number is one of a thing, whatever label came before.
OTHERS = words(
    "ticket tickets case cases incident change build version release port ports serial asset part ip host server phone extension ext session user"
    " users account employee batch script rule tag invoice row rows line lines sop uid error code status regex length digits characters chars"
    " limit max min count total size date since until before after go live window day week month year batchid job thread process pid page"
    " room bed rack vlan switch device model licence license purchase budget cost eur usd gbp studies orders records patients images messages"
    " accounts staff vendor call bridge pager fax hash commit revision patch firmware software kb mb gb ms seconds minutes hours"
)
SURE = frozenset(":=#[\"'>{")
LOOSE = frozenset(",;\n")
PASSING = frozenset(".-_*~(|/\\<`]})") | SURE | LOOSE
# Words before a label that say that nobody is meant.
INVENTED = words(
    "test synthetic dummy phantom demo fake fictitious fictional sample mock anonymised anonymized anon simulated"
)

PATIENT = re.compile(
    r"\b(?:patients?|pt|pts|mother|father|mum|mom|dad|daughter|son|wife|husband|spouse|partner|sister|brother|parents?"
    r"|next of kin|nok|relatives?|guardian|carer|caregiver|family|grand(?:mother|father|son|daughter)|aunt|uncle|niece|nephew"
    r"|neighbou?r|emergency contact|lady|gentleman|her|his|home (?:phone|number)|(?:angehorige|ehefrau|ehemann|mutter|vater"
    r"|tochter|sohn|patientin|fille|fils|mere|epouse|mari|hija|hijo|madre|padre|esposa|paciente|paziente|moglie|marito))\b",
    re.IGNORECASE,
)
NO_PATIENT = re.compile(
    r"\bpatients?[ -](?:safety|portal|access|transport|services?|administration|experience|relations|registration|flow"
    r"|identity|index|care|management|monitor(?:ing)?|facing|level|data|list|banner|impact|apps?)\b",
    re.IGNORECASE,
)
STAFF = re.compile(
    r"\b(?:service ?desk|help ?desk|hotline|bridge|on[ -]?call|pager|bleep|vendors?|support|engineers?|fse|switchboard"
    r"|extension|ext|conference|dial[ -]?in|teams|zoom|webex|office|reading room|control room|command cent(?:re|er)|war ?room"
    r"|steering|rota|escalation|noc|soc|duty manager|account manager|project manager|pacs (?:admin\w*|team|office)"
    r"|ris (?:analyst|team)|radiographers?|technologists?|consultants?|radiologists?|analysts?|architects?|administrators?|admins?"
    r"|administration|reception|train(?:s|ers?|ing)|super-?users?|leads?|specialists?|officers?|managers?|directors?|nurses?|reporting|physicists?|contractors?"
    r"|clerk|secretary|sales|colleague|staff|employee|operator|registrar|dr|prof|nurse|approver|sponsor|champion|owner"
    r"|co-lead|stakeholder|trainee|team|dept|department|developer|tester|reviewer|auditor|integrator|informatics|desk)\b\.?",
    re.IGNORECASE,
)


def around(text: str, start: int, end: int, reach: int) -> str:
    """At most ``reach`` characters on both sides of a place, without the place."""
    return f"{text[max(start - reach, 0) : start]}\0{text[end : end + reach]}"


def is_about_a_patient(context: str) -> bool:
    """Whether ``context`` speaks of a patient or a relative, and not of a thing that is named after patients."""
    return PATIENT.search(NO_PATIENT.sub(" ", context)) is not None


def is_about_staff(context: str) -> bool:
    """Whether ``context`` speaks of somebody at work."""
    return STAFF.search(context) is not None
