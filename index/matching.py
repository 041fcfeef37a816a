"""Which papers filters let through, and what the menus of the window offer to filter by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace

from corpus.ministries import ministry_matches
from index.records import Filters
from index.store import VISIBLE, Store, bordered
from index.understanding import Names

# Who answers counts; where nobody did, who was asked.
_ROLE = "answers = (SELECT max(answers) FROM officials AS every WHERE every.paper = officials.paper)"


def visible(store: Store, *, generation: int) -> frozenset[int]:
    """Rows of all papers of a generation."""
    # The index holds all that is asked for, so that the papers themselves are not read.
    query = f"SELECT row FROM papers INDEXED BY papers_by_generation WHERE {VISIBLE}"
    return frozenset(row for (row,) in store.connection.execute(query, {"generation": generation}))


def matching(
    store: Store, filters: Filters, *, generation: int, every: Callable[[], Set[int]] | None = None
) -> set[int] | None:
    """Rows of the papers that pass all filters; None when there is no filter.

    Names count folded and at word borders: "weel" finds Van Weel, "yesilgoz" finds Yeşilgöz-Zegerius. `every`: gives
    what `visible` does, where it is kept.
    """
    filters = replace(
        filters, minister=filters.minister or None, ministry=filters.ministry or None, party=filters.party or None
    )
    if filters == Filters():
        return None
    named = list(_named(store, filters))
    if filters.since is not None or filters.until is not None:
        named.append(_between(store, filters, generation))
    elif named or filters.papers is not None:
        named.append(every() if every else visible(store, generation=generation))
    if filters.papers is not None:
        named.append(_identified(store, filters.papers))
    fewest, *others = sorted(named, key=len)
    return set(fewest).intersection(*others)


def _named(store: Store, filters: Filters) -> Iterator[Set[int]]:
    """Rows of the papers, of any generation, that fit each filter by name."""
    if filters.minister is not None:
        names = _containing(_distinct(store, "officials", "folded"), filters.minister)
        yield _rows_of(store, f"officials WHERE {_ROLE} AND folded", names)
    if filters.party is not None:
        yield _rows_of(
            store, "members WHERE folded_party", _containing(_distinct(store, "members", "folded_party"), filters.party)
        )
    if filters.ministry is not None:
        every = _distinct(store, "officials", "ministry")
        meant = [ministry for ministry in every if ministry_matches(filters.ministry, ministry)]
        yield _rows_of(store, f"officials WHERE {_ROLE} AND ministry", meant)


def _rows_of(store: Store, condition: str, names: Sequence[str]) -> set[int]:
    query = f"SELECT paper FROM {condition} IN ({', '.join('?' * len(names))})"
    return {row for (row,) in store.connection.execute(query, names)}


def _between(store: Store, filters: Filters, generation: int) -> set[int]:
    """Rows of the papers of a generation answered, or asked where there is no answer, between two days."""
    query = (
        "SELECT row FROM papers WHERE coalesce(answered, asked) >= coalesce(:first, '')"
        f" AND coalesce(answered, asked) <= coalesce(:last, '9999') AND {VISIBLE}"
    )
    days = {
        "first": filters.since.isoformat() if filters.since else None,
        "last": filters.until.isoformat() if filters.until else None,
    }
    return {row for (row,) in store.connection.execute(query, {**days, "generation": generation})}


def _identified(store: Store, identifiers: Iterable[str]) -> set[int]:
    query = "SELECT row FROM papers WHERE id = ?"
    return {row for name in identifiers for (row,) in store.connection.execute(query, (name,))}


def _distinct(store: Store, table: str, column: str) -> list[str]:
    """All values of a column that has an index, by one step in the index for each: papers are many, names few."""
    rows = store.connection.execute(
        f"WITH RECURSIVE steps(value) AS (SELECT min({column}) FROM {table} UNION ALL"
        f" SELECT (SELECT min({column}) FROM {table} WHERE {column} > value) FROM steps WHERE value IS NOT NULL)"
        " SELECT value FROM steps WHERE value IS NOT NULL"
    )
    return [value for (value,) in rows]


def _containing(names: Iterable[str], wanted: str) -> list[str]:
    # A name without a letter or digit stands nowhere.
    folded = bordered(wanted)
    return [name for name in names if folded in name] if folded.strip() else []


def names(store: Store) -> Names:
    """All names in the store: of who answered, of ministries and of parties; a look at the papers is not needed."""
    queries = (
        "SELECT DISTINCT name FROM officials WHERE answers AND name <> ''",
        "SELECT DISTINCT ministry FROM officials WHERE answers AND ministry <> ''",
        "SELECT DISTINCT party FROM members WHERE party <> ''",
    )
    return Names(*([name for (name,) in store.connection.execute(query)] for query in queries))


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
