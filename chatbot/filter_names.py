"""Names in filters that no paper bears, told with those that come near: a slip of the pen finds nothing otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from index.analysis import folded
from index.records import Filters
from index.search import Index

NEAREST = 3
"""Names that are offered in the place of an unknown one, at most."""
LIKENESS = 0.5
"""Names are near from this ratio of `difflib` on."""


def unknown(index: Index, filters: Filters) -> Iterator[str]:
    """A line for each name among the filters that lets no paper of the index through."""
    named = (
        ("--minister", filters.minister, Filters(minister=filters.minister), index.ministers),
        ("--ministry", filters.ministry, Filters(ministry=filters.ministry), index.ministries),
        ("--party", filters.party, Filters(party=filters.party), index.parties),
    )
    for option, name, alone, menu in named:
        if not name or next(index.papers(alone), None) is not None:
            continue
        known = {folded(other): other for other, _ in menu()}
        near = [known[match] for match in get_close_matches(folded(name), known, NEAREST, LIKENESS)]
        instead = f"did you mean {' or '.join(near)}?" if near else "`kamerantwoord papers` shows what they hold"
        yield f"{option} {name!r}: no paper here bears this name; {instead}"
