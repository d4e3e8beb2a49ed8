"""The guard that keeps patient identifiers out of everything we store or post.

guard = Guard(locales=frozenset({Locale.UK}), known_domains=frozenset({"hospital.example"}))
guard.inspect(text).verdict     # BLOCK, WARN or CLEAN
guard.inspect(text).categories  # what was found, never the text of it
guard.redact(text)              # what may be stored
"""

from bot.privacy.guard import Guard
from bot.privacy.terms import Category, Finding, Inspection, Locale, Verdict

__all__ = ["Category", "Finding", "Guard", "Inspection", "Locale", "Verdict"]
