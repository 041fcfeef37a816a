"""Which papers filters let through, and what the menus of the window offer to filter by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from corpus.ministries import ministry_matches
from index.records import Filters
from index.store import VISIBLE, Store, bordered
from index.understanding import Names

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
        listed = _listed(named, "minister", _containing(_distinct(store, "officials", "folded"), filters.minister))
        conditions.append(f"row IN (SELECT paper FROM officials WHERE folded IN ({listed}) AND {_ROLE})")
    if filters.party is not None:
        listed = _listed(named, "party", _containing(_distinct(store, "members", "folded_party"), filters.party))
        conditions.append(f"row IN (SELECT paper FROM members WHERE folded_party IN ({listed}))")
    if filters.ministry is not None:
        every = _distinct(store, "officials", "ministry")
        meant = [ministry for ministry in every if ministry_matches(filters.ministry, ministry)]
        listed = _listed(named, "ministry", meant)
        conditions.append(f"row IN (SELECT paper FROM officials WHERE ministry IN ({listed}) AND {_ROLE})")
    if filters.since is not None:
        conditions.append("coalesce(answered, asked) >= :first")
        named["first"] = filters.since.isoformat()
    if filters.until is not None:
        conditions.append("coalesce(answered, asked) <= :last")
        named["last"] = filters.until.isoformat()
    rows = store.connection.execute(f"SELECT row FROM papers WHERE {' AND '.join(conditions)}", {**values, **named})
    found = {row for (row,) in rows}
    if filters.papers is not None:
        found &= _identified(store, filters.papers)
    return found


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


def _listed(named: dict[str, object], kind: str, names: Iterable[str]) -> str:
    """Names as SQL takes them in a list, added to the values that are `named`."""
    values = {f"{kind}{place}": name for place, name in enumerate(names)}
    named.update(values)
    return ", ".join(f":{name}" for name in values)


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
