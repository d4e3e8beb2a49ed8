"""What keeps the page to itself: its headers, and whom its acts are taken from.

The sandbox has no locks, since it listens on loopback alone; but a page of the web that is open in the same
browser could still post to it, or reach it under a name that it chose. Both are refused here.
"""

from fastapi import HTTPException, Request

# No script, style, image or connection but from this very address: docs at developer.mozilla.org, CSP.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_HERE = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
_OURS = frozenset({"same-origin", "none"})


def require_own(request: Request) -> None:
    """Raise 403 unless the request names a loopback host and comes from the page itself or from no page."""
    if request.url.hostname not in _HERE:
        raise HTTPException(403, "This workspace answers to localhost only.")
    if request.method != "GET" and request.headers.get("sec-fetch-site", "none") not in _OURS:
        raise HTTPException(403, "Another page may not act here.")
