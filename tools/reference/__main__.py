"""Writes every reference page anew: ``make reference``."""

from tools.reference.pages import PAGES, REFERENCE


def main() -> None:
    """Write the pages where they are published."""
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, written in PAGES.items():
        (REFERENCE / name).write_text(written(), encoding="utf-8")


if __name__ == "__main__":
    main()
