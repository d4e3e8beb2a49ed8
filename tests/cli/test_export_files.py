"""An export as one file: what comes out of it is what went in, and nothing that somebody put into it gets anywhere."""

import io
import json
import shutil
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.operations.export_folder import MANIFEST
from tests.cli.conftest import Installation
from tests.cli.test_export import AS, fresh, kept
from tests.operations.travelling import data_of
from tests.storage.bursts import loaded

__all__ = ["fresh", "kept"]
BOTH = pytest.mark.parametrize("ending", [".tar", ".zip"])


def exported(kept: Installation, name: str, *words: str) -> Path:
    out = kept.folder / name
    result = kept.burst("export", "--to", out, "--all", *words, *AS)
    assert result.exit_code == 0, result.stderr
    return out


def packed(files: Path, target: Path) -> Path:
    """A folder as other programs pack it: ``tar -C folder -cf file .``, ``zip -r``."""
    if target.suffix == ".tar":
        with tarfile.open(target, "w") as archive:
            archive.add(files, ".")
    else:
        with zipfile.ZipFile(target, "w") as archive:
            for path in sorted(files.rglob("*")):
                archive.write(path, path.relative_to(files))
    return target


def unpacked(source: Path, folder: Path) -> Path:
    shutil.unpack_archive(source, folder)
    return folder


def left_of_imports(installation: Installation) -> list[Path]:
    return [*installation.folder.glob("import-*")]


@BOTH
def test_what_is_exported_to_a_file_is_restored_from_it(
    kept: Installation, fresh: Installation, ending: str
) -> None:
    out = exported(kept, f"all{ending}", "--format", "jsonl", "--format", "csv")
    restored = fresh.burst("import", out, *AS)

    assert restored.exit_code == 0, restored.stderr
    assert "Every log is what was logged." in restored.stdout
    with closing(kept.open()) as here, closing(fresh.open()) as there:
        assert loaded(there) == loaded(here)
    assert left_of_imports(fresh) == []
    assert out.stat().st_mode & 0o777 == 0o600
    assert not out.with_name(f"{out.name}.part").exists()


@BOTH
def test_the_file_holds_what_the_folder_would(kept: Installation, tmp_path: Path, ending: str) -> None:
    file = unpacked(exported(kept, f"all{ending}", "--format", "csv"), tmp_path / "out")
    folder = exported(kept, "all", "--format", "csv")

    assert data_of(file) == data_of(folder) != {}
    assert {path.name for path in file.iterdir()} == {path.name for path in folder.iterdir()}


@BOTH
def test_a_folder_that_somebody_packed_is_taken_too(
    kept: Installation, fresh: Installation, ending: str
) -> None:
    file = packed(exported(kept, "all"), kept.folder / f"all{ending}")
    assert fresh.burst("import", file, *AS).exit_code == 0


@BOTH
@pytest.mark.parametrize("there", ["{}", "{}.part"])
def test_a_file_that_exists_is_not_overwritten(kept: Installation, ending: str, there: str) -> None:
    existing = kept.folder / there.format(f"all{ending}")
    existing.write_text("precious", encoding="utf-8")
    result = kept.burst("export", "--to", kept.folder / f"all{ending}", "--all", *AS)
    assert (result.exit_code, "exists already" in result.stderr) == (1, True)
    assert existing.read_text(encoding="utf-8") == "precious"


@BOTH
@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_a_file_that_was_cut_off_is_told(
    kept: Installation, fresh: Installation, ending: str, cut: float
) -> None:
    out = exported(kept, f"all{ending}")
    content = out.read_bytes()
    out.write_bytes(content[: int(len(content) * cut)])
    result = fresh.burst("import", out, *AS)
    assert result.exit_code == 1
    assert "cannot be unpacked" in result.stderr or "is missing" in result.stderr
    assert left_of_imports(fresh) == []


def test_a_file_of_another_kind_is_refused(fresh: Installation, tmp_path: Path) -> None:
    (tmp_path / "all.rar").write_bytes(b"")
    result = fresh.burst("import", tmp_path / "all.rar", *AS)
    assert (result.exit_code, "ends in .tar or .zip" in result.stderr) == (1, True)


def test_a_changed_byte_in_a_file_is_told(kept: Installation, fresh: Installation, tmp_path: Path) -> None:
    files = exported(kept, "all")
    (files / "data" / "burst.jsonl").write_bytes(b"{}\n")
    result = fresh.burst("import", packed(files, tmp_path / "all.tar"), *AS)
    assert (result.exit_code, "not what was exported" in result.stderr) == (1, True)


def _a_link(archive: tarfile.TarFile, name: str, kind: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, "/etc/passwd"
    archive.addfile(member)


def _a_file(archive: tarfile.TarFile, name: str) -> None:
    member = tarfile.TarInfo(name)
    member.size = 4
    archive.addfile(member, io.BytesIO(b"evil"))


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda archive: _a_file(archive, "../evil"), "no part of an export"),
        (lambda archive: _a_file(archive, "data/../../evil"), "no part of an export"),
        (lambda archive: _a_file(archive, "csv/../../evil"), "no part of an export"),
        (lambda archive: _a_file(archive, "/tmp/evil"), "no part of an export"),  # noqa: S108 - never written
        (lambda archive: _a_file(archive, "data/evil.jsonl\n"), "no part of an export"),
        (lambda archive: _a_file(archive, MANIFEST), "twice"),
        (lambda archive: _a_link(archive, "data/burst.jsonl", tarfile.SYMTYPE), "no plain file"),
        (lambda archive: _a_link(archive, "data/burst.jsonl", tarfile.LNKTYPE), "no plain file"),
        (lambda archive: _a_link(archive, "data/burst.jsonl", tarfile.FIFOTYPE), "no plain file"),
    ],
)
def test_what_is_no_part_of_an_export_is_refused_and_written_nowhere(
    kept: Installation, fresh: Installation, spoil: Callable[[tarfile.TarFile], None], why: str
) -> None:
    out = exported(kept, "all.tar")
    with tarfile.open(out, "a") as archive:
        spoil(archive)
    result = fresh.burst("import", out, *AS)
    assert (result.exit_code, why in result.stderr) == (1, True)
    assert [*fresh.folder.rglob("*evil*"), *fresh.folder.parent.glob("*evil*")] == []
    assert left_of_imports(fresh) == []


def test_a_name_in_a_zip_that_leads_elsewhere_is_refused(kept: Installation, fresh: Installation) -> None:
    out = exported(kept, "all.zip")
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("../evil", "evil")
    result = fresh.burst("import", out, *AS)
    assert (result.exit_code, "no part of an export" in result.stderr) == (1, True)
    assert [*fresh.folder.parent.glob("*evil*")] == []


@pytest.mark.parametrize("packing", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_zip_of_another_packing_is_refused_before_it_is_read(
    kept: Installation, fresh: Installation, packing: int
) -> None:
    out = exported(kept, "all.zip")
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("data/more.jsonl", "x" * 1000, packing)
    result = fresh.burst("import", out, *AS)
    assert (result.exit_code, "packed as no export is" in result.stderr) == (1, True)


def test_a_zip_with_a_name_that_is_no_text_is_told_in_words(kept: Installation, fresh: Installation) -> None:
    out = exported(kept, "all.zip")
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("csv/é", "")
    out.write_bytes(out.read_bytes().replace("é".encode(), b"\xff\xff"))
    result = fresh.burst("import", out, *AS)
    assert (result.exit_code, "cannot be unpacked" in result.stderr) == (1, True)


def test_programs_are_told_the_manifest_of_a_file_too(kept: Installation, tmp_path: Path) -> None:
    told = kept.told("export", "--to", kept.folder / "all.zip", "--all", *AS)
    assert told == json.loads((unpacked(kept.folder / "all.zip", tmp_path / "out") / MANIFEST).read_bytes())
