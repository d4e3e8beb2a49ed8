"""Word lists as they read best: words between blanks and line ends."""


def words(text: str) -> frozenset[str]:
    """The words of ``text``."""
    return frozenset(text.split())
