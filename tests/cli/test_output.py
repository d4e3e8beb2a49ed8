"""How commands end when nobody reads what they print."""

import os
import subprocess
import sys


def test_a_reader_that_has_enough_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as closed:
        ended = subprocess.run(
            [sys.executable, "-m", "bot.cli", "manifest"], check=False, stdout=closed, stderr=subprocess.PIPE
        )
    assert ended.stderr == b""
