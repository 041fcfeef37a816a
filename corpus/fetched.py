"""What became of a fetch."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Failure:
    """A paper that did not come, and why, in one line."""

    paper: str
    reason: str


@dataclass(slots=True)
class FetchReport:
    """What became of a fetch; identifiers in the order in which they came.

    `listed`: how many papers the services listed. `same`: how many were asked for and had not changed. `postponed`:
    how many were not asked for, as a service is in trouble. `notices`: what a service did not list, and why.
    `limited`: more was to be fetched than was allowed. `complete`: nothing of the period is left to be listed or asked.
    """

    listed: int = 0
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0
    withdrawn: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    postponed: int = 0
    notices: list[str] = field(default_factory=list)
    limited: bool = False
    complete: bool = False
