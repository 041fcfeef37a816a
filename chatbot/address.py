"""The address of a question: what was asked and with which filters, so that it can be shared and repeated.

The window never puts a question into its own address: only who copies the address takes the question along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from index.records import Filters

PLACES = ("ask", "statements", "check", "papers")
"""The places of the window, as addresses name them."""


WITHOUT = "without"
"""The parameter that names words of the question that do not filter; it may come more than once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. `since`, `until`: as typed. `paper`: identifier of a paper to open, "" for none.

    `without`: words of the question that shall not count as filters.
    """

    place: str = "ask"
    question: str = ""
    minister: str = ""
    ministry: str = ""
    party: str = ""
    since: str = ""
    until: str = ""
    paper: str = ""
    without: tuple[str, ...] = ()

    def values(self) -> tuple[str, str, str, str, str]:
        """The values of the fields that filter."""
        return (self.minister, self.ministry, self.party, self.since, self.until)


def read(pairs: Iterable[tuple[str, str]]) -> Asked:
    """What the parameters of an address ask for, as names with their values; unknown ones are left aside."""
    pairs = tuple(pairs)
    parameters: Mapping[str, str] = dict(pairs)
    place = parameters.get("place", "")
    names = ("minister", "ministry", "party", "since", "until")
    paper = parameters.get("paper", "")
    return Asked(
        place=place if place in PLACES else "papers" if paper else "ask",
        question=parameters.get("q", ""),
        paper=paper,
        without=tuple(value for name, value in pairs if name == WITHOUT),
        **{name: parameters.get(name, "") for name in names},
    )


def query(question: str, filters: Filters, place: str = "ask", without: Iterable[str] = ()) -> str:
    """The part of an address from "?" on that asks `question` with `filters` and without some clues in a place."""
    values = {
        "place": "" if place == "ask" else place,
        "q": question,
        "minister": filters.minister,
        "ministry": filters.ministry,
        "party": filters.party,
        "since": filters.since.isoformat() if filters.since else "",
        "until": filters.until.isoformat() if filters.until else "",
    }
    pairs = [(name, value) for name, value in values.items() if value]
    return "?" + urlencode([*pairs, *((WITHOUT, text) for text in without)])
