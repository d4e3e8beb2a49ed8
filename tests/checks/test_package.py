"""What is installed from a wheel is all of the project that it needs to run."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
NEEDED = ("bot", "storage", "pyproject.toml", "README.md", "LICENSE")


def test_a_wheel_carries_every_file_of_the_packages(tmp_path: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *NEEDED], cwd=ROOT, check=True, capture_output=True, text=True
    )
    files = {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}
    for name in files:
        (tmp_path / "source" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / "source" / name)
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
    ]
    subprocess.run([*build, "--wheel-dir", tmp_path, tmp_path / "source"], check=True, capture_output=True)

    (wheel,) = tmp_path.glob("*.whl")
    packaged = set(zipfile.ZipFile(wheel).namelist())

    assert {name for name in files if name.startswith(("bot/", "storage/"))} - packaged == set()
