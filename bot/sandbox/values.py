"""The one name the sandbox uses for a JSON object that came from, or goes to, a wire."""

from typing import Any

JsonObject = dict[str, Any]
