"""Which papers filters let through, and what the menus of the window offer to filter by."""

from __future__ import annotations

from dataclasses import replace

from corpus.ministries import ministry_matches
from index.records import Filters
from index.store import VISIBLE, Store, bordered

# Who answers counts; where nobody did, who was asked.
_ROLE = "answers = (SELECT max(answers) FROM officials AS every WHERE every.paper = officials.paper)"


def matching(store: Store, filters: Filters, *, generation: int) -> set[int] | None:
    """Rows of the papers that pass all filters; None when there is no filter.

    Names count folded and at word borders: "weel" finds Van Weel, "yesilgoz" finds Yeşilgöz-Zegerius.
    """
    filters = replace(
        filters, minister=filters.minister or None, ministry=filters.ministry or None, party=filters.party or None
    )
    if filters == Filters():
        return None
    conditions, values = [VISIBLE], {"generation": generation}
    named: dict[str, object] = {}
    if filters.minister is not None:
        conditions.append(f"row IN (SELECT paper FROM officials WHERE folded LIKE :minister AND {_ROLE})")
        named["minister"] = _whole_words(filters.minister)
    if filters.party is not None:
        conditions.append("row IN (SELECT paper FROM members WHERE folded_party LIKE :party)")
        named["party"] = _whole_words(filters.party)
    if filters.ministry is not None:
        every = store.connection.execute("SELECT DISTINCT ministry FROM officials").fetchall()
        meant = [ministry for (ministry,) in every if ministry_matches(filters.ministry, ministry)]
        names = {f"ministry{place}": ministry for place, ministry in enumerate(meant)}
        listed = ", ".join(f":{name}" for name in names)
        conditions.append(f"row IN (SELECT paper FROM officials WHERE ministry IN ({listed}) AND {_ROLE})")
        named.update(names)
    if filters.since is not None:
        conditions.append("coalesce(answered, asked) >= :first")
        named["first"] = filters.since.isoformat()
    if filters.until is not None:
        conditions.append("coalesce(answered, asked) <= :last")
        named["last"] = filters.until.isoformat()
    rows = store.connection.execute(f"SELECT row, id FROM papers WHERE {' AND '.join(conditions)}", {**values, **named})
    wanted = None if filters.papers is None else set(filters.papers)
    return {row for row, identifier in rows if wanted is None or identifier in wanted}


def _whole_words(name: str) -> str:
    # A name without a letter or digit stands nowhere; a tab never occurs in what is folded.
    folded = bordered(name)
    return f"%{folded}%" if folded.strip() else "\t"


def ministers(store: Store, *, generation: int) -> list[tuple[str, int]]:
    """Names of those who answered, each with the number of answers in their papers; most first."""
    return _counted(store, "SELECT DISTINCT paper, name AS value FROM officials WHERE answers", generation)


def ministries(store: Store, *, generation: int) -> list[tuple[str, int]]:
    """Ministries that answered, each with the number of answers in their papers; most first."""
    return _counted(store, "SELECT DISTINCT paper, ministry AS value FROM officials WHERE answers", generation)


def parties(store: Store, *, generation: int) -> list[tuple[str, int]]:
    """Parties whose members asked, each with the number of answers in those papers; most first."""
    return _counted(store, "SELECT DISTINCT paper, party AS value FROM members", generation)


def _counted(store: Store, values: str, generation: int) -> list[tuple[str, int]]:
    return list(
        store.connection.execute(
            f"WITH chosen AS ({values}), given AS (SELECT paper, sum(answered) AS given FROM exchanges GROUP BY paper)"
            " SELECT value, sum(given) AS total FROM papers JOIN chosen ON chosen.paper = row"
            f" JOIN given ON given.paper = row WHERE {VISIBLE} AND value <> '' GROUP BY value HAVING total > 0"
            " ORDER BY total DESC, value",
            {"generation": generation},
        )
    )
