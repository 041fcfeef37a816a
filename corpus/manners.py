"""How services are asked, and what they say back."""

from __future__ import annotations

import email.utils
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Validators:
    """What a service said about the version of a document that we have; "" where it said nothing."""

    etag: str = ""
    modified: str = ""

    def headers(self) -> dict[str, str]:
        """The headers that make a request conditional."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `content`: None when the service says that what we have is still the same."""

    url: str
    content: bytes | None
    validators: Validators


@dataclass(frozen=True, slots=True)
class Manners:
    """How services are asked.

    `agent`: the User-Agent. `delays`: seconds between two requests, by host; `delay` for all others.
    `timeout`: seconds for one request. `tries`: how often a request is made before it counts as failed.
    `first_pause`: seconds before the second try; each next pause is twice as long, with some chance added.
    """

    agent: str
    delays: Mapping[str, float] = field(default_factory=dict)
    delay: float = 3.3
    timeout: float = 120.0
    tries: int = 5
    first_pause: float = 2.0


def retry_after(text: str) -> float | None:
    """Seconds that a Retry-After header asks for, given as a number or as a date; None when it asks for nothing."""
    try:
        seconds = float(text)
    except ValueError:
        try:
            moment = email.utils.parsedate_to_datetime(text)
        except (TypeError, ValueError):
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max((moment - datetime.now(UTC)).total_seconds(), 0.0)
    return max(seconds, 0.0) if math.isfinite(seconds) else None
