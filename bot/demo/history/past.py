"""The twelve bursts that are over: five months, from the design of the shared PACS to the first go-live."""

from datetime import UTC, datetime, timedelta

from bot.demo.history.course import Course, Turn
from bot.taskforce.terms import PauseReason


def _at(month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def _after(hours: float) -> timedelta:
    return timedelta(hours=hours)


PAST = (
    Course(
        "procedure-code-body-part",
        "hugo",
        _at(4, 14, 14, 5),
        _after(1.5),
        (
            Turn(
                _after(20),
                "The code table of the interface was compared with the order catalogue: one row differs.",
            ),
        ),
        _after(46),
        shorter="A comparison of both tables before the first test message",
    ),
    Course(
        "nat-overlap-harbourview",
        "yara",
        _at(4, 21, 13, 40),
        _after(5),
        (
            Turn(
                _after(22),
                "Northgate's address plan arrived today; 14 subnets overlap, two of them with modalities.",
            ),
            Turn(_after(44), "A translated range is agreed with the clinical engineers of both sites."),
        ),
        _after(71),
        shorter="The address plan of both sites at the first meeting",
    ),
    Course(
        "firewall-cloud-viewer-egress",
        "saskia",
        _at(5, 4, 7, 50),
        _after(0.4),
        (
            Turn(_after(2), "The request lacked the port list; it is with the security review now."),
            Turn(
                _after(4),
                "The rule is approved. It goes in with tonight's change window.",
                PauseReason.AWAITING_CHANGE_WINDOW,
                _after(15),
                "CHG0041123",
            ),
            Turn(_after(20), "The rule is in; the wards are being tested one by one."),
        ),
        _after(24),
        shorter="A template for firewall requests that asks for ports and test hosts",
    ),
    Course(
        "accession-cut-lakeside",
        "colm",
        _at(5, 19, 9, 25),
        _after(3),
        (
            Turn(
                _after(6),
                "The worklist sends 18 characters; the ultrasound's field takes 16. The vendor is asked.",
            ),
            Turn(
                _after(25), "A rule that takes the number from the order instead is in test with 20 studies."
            ),
        ),
        _after(49),
        shorter="The ultrasound technologist in the first mapping workshop",
    ),
    Course(
        "private-tag-cardiac-flow",
        "ruth",
        _at(6, 2, 8, 30),
        _after(2),
        (
            Turn(
                _after(5),
                "The router's filter removes every odd group. An exception for the flow sequences is in test.",
            ),
            Turn(_after(26), "Flow series pass; the archive's storage commitment is still being checked."),
        ),
        _after(50),
        shorter="A conformance test with the cardiac package before the router went in",
    ),
    Course(
        "ai-gateway-dns",
        "ravi",
        _at(6, 16, 10, 10),
        _after(9),
        (
            Turn(
                _after(4),
                "Nobody owned the DMZ's resolver. It is now with network services; the record is requested.",
            ),
        ),
        _after(27),
        shorter="An owner for the DMZ's name service",
    ),
    Course(
        "dicom-tls-all-sites",
        "ewan",
        _at(6, 30, 9, 0),
        _after(0.3),
        (
            Turn(
                _after(1.5),
                "Every site fails alike: the routers do not know the authority that signed the archive's certificate.",
            ),
            Turn(_after(4), "The chain is sent to all six sites; three have loaded it and connect."),
            Turn(_after(22), "Five of six sites connect. Harbourview loads the chain this afternoon."),
        ),
        _after(29),
        shorter="One list of who loads certificates at each site",
    ),
    Course(
        "licence-limit-clinic-mornings",
        "odile",
        _at(7, 14, 13, 20),
        _after(2.5),
        (
            Turn(
                _after(3),
                "40 of 40 licences are taken from 10:15 to 11:40. Trainees are moved to the viewer's own tools for now.",
            ),
            Turn(
                _after(24),
                "Ten more licences are ordered; the vendor promises the key for Friday.",
                PauseReason.AWAITING_VENDOR,
                _after(40),
                "CASE-7741",
            ),
        ),
        _after(72),
        shorter="A licence report from the first clinic week",
    ),
    Course(
        "wan-saturated-prefetch",
        "ewan",
        _at(7, 28, 8, 15),
        _after(1),
        (
            Turn(
                _after(2),
                "Prefetching starts with the first clinic. It is held to 60 Mbit/s until noon as a stopgap.",
            ),
            Turn(
                _after(5),
                "Shaping needs a change; the board meets on Thursday.",
                PauseReason.AWAITING_CHANGE_WINDOW,
                _after(44),
                "CHG0042004",
            ),
        ),
        _after(55),
        shorter="Prefetch windows agreed with network services before the migration",
    ),
    Course(
        "ct-chest-layout",
        "noor",
        _at(8, 11, 6, 40),
        _after(0.3),
        (
            Turn(
                _after(1),
                "The scanner still sends the vendor's demo descriptions. A coercion rule is in test.",
            ),
            Turn(_after(4), "The rule works for 18 of 20 test studies; two legacy strings are being added."),
        ),
        _after(9),
        shorter="One list of descriptions that both teams keep",
    ),
    Course(
        "vpn-drops-large-studies",
        "odile",
        _at(8, 25, 7, 30),
        _after(1.1),
        (
            Turn(
                _after(0.4),
                "The tunnel drops fragments above 1360 bytes. The segment size is being lowered on both ends.",
            ),
            Turn(_after(1.2), "Lowered on our side; the teleradiology group does theirs at 11:00."),
        ),
        _after(2.2),
        closed_after=_after(1),
        shorter="A deputy for the network engineer in the on-call list",
    ),
    Course(
        "night-readers-no-role",
        "noor",
        _at(9, 7, 19, 45),
        _after(0.9),
        (
            Turn(
                _after(0.4),
                "Break-glass accounts are open for all five readers. The directory group was never mapped.",
            ),
            Turn(_after(1.2), "The mapping is made; two of five readers signed in with their own role."),
        ),
        _after(2),
        closed_after=_after(13),
        shorter="An on-call identity analyst for the go-live nights",
    ),
)
