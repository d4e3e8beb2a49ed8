"""Anchors leave the database, and what nobody needs any more is forgotten."""

import os
from pathlib import Path

import pytest

from bot import clock
from bot.operations import housekeeping
from bot.operations.anchor_key import anchor_key
from bot.operations.cancel import cancel
from bot.operations.housekeeping import ABANDONED_AFTER, anchor_logs, purge
from bot.operations.office import Office
from bot.taskforce.terms import Outcome
from storage.terms import AuditKind
from tests.operations.story import OWNER, by, opened


def test_open_logs_are_pinned_outside_the_database(office: Office, tmp_path: Path) -> None:
    """One line a burst, with count, head and seal."""
    burst = opened(office)
    assert anchor_logs(office, tmp_path) == 1
    line = (tmp_path / "anchors.log").read_text(encoding="ascii")
    assert f"{burst.key} {burst.log_count} {burst.log_head}" in line


def test_an_ended_log_is_pinned_until_its_channel_is_archived(office: Office, tmp_path: Path) -> None:
    """So that its last entries are under a seal too."""
    number = opened(office).id
    ended = cancel(office, by(OWNER), number, Outcome.WITHDRAWN, "It went away.")
    assert anchor_logs(office, tmp_path) == 1
    assert f"{ended.key} {ended.log_count} {ended.log_head}" in (tmp_path / "anchors.log").read_text("ascii")


def test_the_installations_own_log_is_pinned_once_there_is_one(office: Office, tmp_path: Path) -> None:
    """Cutting off its end shows in the same file."""
    anchor_logs(office, tmp_path)
    with office.store.write() as unit:
        unit.audit.append(AuditKind.EXPORTED, {}, actor="U_ADMIN", at=clock.now())
    anchor_logs(office, tmp_path)
    (line,) = (tmp_path / "anchors.log").read_text(encoding="ascii").splitlines()
    assert line.split()[1:3] == ["AUDIT", "1"]


def test_an_anchor_verifies_under_the_installations_key(office: Office, tmp_path: Path) -> None:
    """And under no other."""
    number = opened(office).id
    anchor_logs(office, tmp_path)
    with office.store.read() as unit:
        (anchor,) = unit.log.anchors(number)
    assert anchor.genuine(anchor_key(tmp_path))
    assert not anchor.genuine(b"another key")


def test_the_key_is_made_once_and_is_the_owners_alone(tmp_path: Path) -> None:
    """A lost key makes every anchor worthless."""
    key = anchor_key(tmp_path)
    assert anchor_key(tmp_path) == key
    assert (tmp_path / "anchor.key").stat().st_mode & 0o077 == 0


def test_what_is_fresh_survives_a_purge(office: Office) -> None:
    """Request keys live two days: a delivery may still come again."""
    request = by("U01PRIYA")
    with office.store.write() as unit:
        draft = unit.drafts.create("U01PRIYA", "open", {})
        assert unit.inbox.remember(request.key, "test", clock.now())
    purge(office)
    with office.store.write() as unit:
        assert unit.drafts.get(draft.id, "U01PRIYA") is not None
        assert not unit.inbox.remember(request.key, "test", clock.now())


def test_a_file_that_a_kill_left_in_part_goes_and_one_on_its_way_stays(office: Office) -> None:
    """Old ones only: a large file takes its time."""
    files = office.store.files
    with files.arriving() as whole:
        whole.write(b"a trace")
        digest = whole.keep()
    with files.arriving() as coming, files.arriving() as broken:
        old = clock.wall() - ABANDONED_AFTER - 1
        os.utime(broken.path, (old, old))
        purge(office)
        assert (coming.path.exists(), broken.path.exists()) == (True, False)
    assert files.intact(digest)


def test_more_logs_than_one_page_are_all_pinned(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each once."""
    monkeypatch.setattr(housekeeping, "PAGE", 2)
    keys = [opened(office).key for _ in range(5)]
    assert anchor_logs(office, tmp_path) == 5
    lines = (tmp_path / "anchors.log").read_text(encoding="ascii").splitlines()
    assert sorted(line.split()[1] for line in lines) == sorted(keys)
