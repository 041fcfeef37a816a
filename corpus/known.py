"""A paper of the official services as the ledger keeps it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.editions import Edition, Form, Service
from corpus.manners import Validators


class State(StrEnum):
    """What became of a paper."""

    LISTED = "listed"
    RECEIVED = "received"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Known:
    """A paper as the ledger knows it.

    `form`, `url`, `validators`, `hash`, `file`: of what was received; None or "" before. `file` is relative to the
    folder of the archive. `services`: who lists it. `troubled`: since when it fails, `tried`: when it was last asked
    for. `read_as`: the identifier under which it was taken into an index, "" if never; `read_hash`: of which content.
    """

    id: str
    day: date | None
    question_ids: tuple[str, ...]
    key: str
    services: frozenset[Service]
    editions: tuple[Edition, ...]
    state: State
    form: Form | None
    url: str
    validators: Validators
    hash: str
    file: str
    troubled: date | None
    tried: date | None
    read_as: str
    read_hash: str


def known(row: sqlite3.Row) -> Known:
    """The paper of a row of the table "papers"."""
    editions: dict[str, list[tuple[str, str | None]]] = json.loads(row["editions"])
    return Known(
        id=row["id"],
        day=date_of(row["day"]),
        question_ids=tuple(json.loads(row["cases"])),
        key=row["keyed"],
        services=frozenset(map(Service, editions)),
        editions=tuple(
            Edition(url, Form(form) if form else None)
            for service in Service
            for url, form in editions.get(service.value, [])
        ),
        state=State(row["state"]),
        form=Form(row["form"]) if row["form"] else None,
        url=row["url"] or "",
        validators=Validators(row["etag"] or "", row["modified"] or ""),
        hash=row["hash"] or "",
        file=row["file"] or "",
        troubled=date_of(row["troubled"]),
        tried=date_of(row["tried"]),
        read_as=row["read_as"] or "",
        read_hash=row["read_hash"] or "",
    )


def date_of(text: str | None) -> date | None:
    """A date as the ledger writes it; None for none."""
    return date.fromisoformat(text) if text else None
