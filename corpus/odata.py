"""The OData service of the Tweede Kamer, in whichever version answers: which papers there are, which are gone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from corpus.editions import IDENTIFIER, Edition, Form, Listed, Service
from corpus.errors import FetchFailed, NotThere, Unreachable, WrongAnswer
from corpus.web import Web

VERSIONS = ("v5", "v4/2.0")

QUESTIONS = "Schriftelijke vragen"
KINDS = (
    QUESTIONS,
    "Antwoord schriftelijke vragen",
    "Antwoord schriftelijke vragen (nader)",
    "Mededeling (uitstel antwoord)",
)
"""Values of Document.Soort that are Kamervragen, their answers and their deferrals."""

LIMIT = 50_000_000
"""Bytes of a page of the list: some ten times what 250 rows with all that hangs on them take."""

_NAMES: dict[str, tuple[str, ...]] = {
    "number": ("DocumentNummer", "Nummer"),
    "changed": ("ApiGewijzigdOp", "GewijzigdOp"),
}
"""What the versions call an attribute, by our name for it."""

_FORMS = {"xml": Form.XML, "pdf": Form.PDF, "html": Form.HTML}
_SUPPLEMENT = re.compile(r"\d{9}")
_SESSION = re.compile(r"(\d{4})-(\d{4})")


@dataclass(frozen=True, slots=True)
class Gone:
    """A paper that the service deleted; `key` is what it was called in `Listed.key`."""

    key: str


class OData:
    """The service at a base address; the version is found at the first question.

    `base`: an address without version, of which each known version is tried, or one that ends in its version.
    """

    def __init__(self, web: Web, base: str) -> None:
        self._web = web
        self._base = base.rstrip("/")
        self._root: str | None = None
        self._expand = ["Zaak", "HuidigeDocumentVersie($expand=DocumentPublicatie)"]
        self._changed = _NAMES["changed"][0]
        self._deleted = True

    def dated(self, first: date, last: date) -> Iterator[Listed]:
        """The papers with a date from `first` to `last`, both included. Raises FetchFailed."""

        def conditions() -> str:
            begin, end = f"Datum ge {first}", f"Datum lt {last + timedelta(days=1)}"
            return " and ".join([*self._undeleted(), f"({_kinds()})", begin, end])

        for row in self._rows(conditions, lambda: "Datum asc"):
            found = self._listed(row)
            if isinstance(found, Listed):
                yield found

    def changed(self, since: date) -> Iterator[Listed | Gone]:
        """The papers that were added, changed or deleted since a day. Raises FetchFailed."""

        def conditions() -> str:
            kinds = f"{_kinds()} or Verwijderd eq true" if self._deleted else _kinds()
            return f"{self._changed} ge {since}T00:00:00Z and ({kinds})"

        for row in self._rows(conditions, lambda: f"{self._changed} asc"):
            found = self._listed(row)
            if found is not None:
                yield found

    def _undeleted(self) -> list[str]:
        return ["Verwijderd eq false"] if self._deleted else []

    def _rows(self, conditions: Any, order: Any) -> Iterator[Mapping[str, Any]]:
        """The rows of all pages; what the service says it does not know is left out of the query, once each."""
        root = self._found()
        page: Mapping[str, Any] | None = None
        while page is None:
            url = f"{root}/Document?$filter={_quoted(conditions())}&$orderby={_quoted(order())}" + (
                f"&$expand={_quoted(','.join(self._expand))}" if self._expand else ""
            )
            try:
                page = self._page(url)
            except WrongAnswer as error:
                if not self._do_without(str(error)):
                    raise
        seen = {url}
        while True:
            yield from (row for row in page["value"] if isinstance(row, dict))
            following = page.get("@odata.nextLink")
            if not following:
                return
            if (
                not isinstance(following, str)
                or urlsplit(following).netloc != urlsplit(root).netloc
                or following in seen
            ):
                raise WrongAnswer(f"{root}: its next page is {following!r}, which is elsewhere or was seen before")
            seen.add(following)
            page = self._page(following)

    def _do_without(self, message: str) -> bool:
        """Leave out what a refusal names; whether there was such a thing."""
        named = set(re.findall(r"\w+", message))
        for expand in self._expand:
            if named & set(re.findall(r"\w+", expand.replace("$expand", ""))):
                self._expand.remove(expand)
                return True
        if self._changed in named and self._changed != _NAMES["changed"][-1]:
            self._changed = _NAMES["changed"][-1]
            return True
        if "Verwijderd" in named and self._deleted:
            self._deleted = False
            return True
        return False

    def _found(self) -> str:
        """The address of the version that answers."""
        if self._root is None:
            tried: list[FetchFailed] = []
            given = self._base.endswith(VERSIONS)
            for root in [self._base] if given else [f"{self._base}/{version}" for version in VERSIONS]:
                try:
                    description = self._web.get(f"{root}/$metadata", limit=LIMIT).content or b""
                except FetchFailed as error:
                    tried.append(error)
                    continue
                if b"EntityType" in description:
                    self._root = root
                    return root
                tried.append(WrongAnswer(f"{root}/$metadata: describes no service"))
            kind = Unreachable if any(isinstance(error, Unreachable) for error in tried) else NotThere
            raise kind("; ".join(map(str, tried)))
        return self._root

    def _page(self, url: str) -> Mapping[str, Any]:
        content = self._web.get(url, limit=LIMIT, accept="application/json", explained=True).content or b""
        try:
            page = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise WrongAnswer(f"{url}: its list is malformed JSON ({error})") from error
        if not isinstance(page, dict) or not isinstance(page.get("value"), list):
            raise WrongAnswer(f"{url}: answers without a list of papers")
        return page

    def _listed(self, row: Mapping[str, Any]) -> Listed | Gone | None:
        key = _string(row, "Id")
        if row.get("Verwijderd") is True:
            return Gone(key) if key else None
        if _string(row, "Soort") not in KINDS or not re.fullmatch(r"[0-9A-Fa-f-]{36}", key):
            return None
        version = row.get("HuidigeDocumentVersie")
        version = version if isinstance(version, dict) and version.get("Verwijderd") is not True else {}
        publications = _items(version, "DocumentPublicatie")
        cases = [number for case in _items(row, "Zaak") if (number := _string(case, "Nummer"))]
        identifier = _identifier(row, version, publications, cases)
        if identifier is None:
            return None
        editions = [
            Edition(f"{self._root}/DocumentPublicatie({publication['Id']})/resource", form)
            for publication in publications
            if (form := _FORMS.get(_string(publication, "DocumentType").lower())) and _string(publication, "Id")
        ]
        published = [day for item in publications if (day := _day(_string(item, "PublicatieDatum")))]
        return Listed(
            id=identifier,
            service=Service.ODATA,
            title=_string(row, "Onderwerp") or _string(row, "Titel"),
            day=_day(_string(row, "Datum")),
            available=min(published, default=None),
            stamp=_string(row, "GewijzigdOp"),
            question_ids=tuple(dict.fromkeys(cases)),
            key=key,
            editions=(*editions, Edition(f"{self._root}/Document({key})/resource", None)),
        )


def _identifier(
    row: Mapping[str, Any], version: Mapping[str, Any], publications: list[Mapping[str, Any]], cases: list[str]
) -> str | None:
    """The official identifier as far as the row gives or implies it; else the number of the document itself."""
    given = [_string(version, "ExterneIdentifier"), *(_string(item, "Identifier") for item in publications)]
    supplement, session = _string(row, "Aanhangselnummer"), _SESSION.fullmatch(_string(row, "Vergaderjaar"))
    if session and _SUPPLEMENT.fullmatch(supplement):
        chamber = "ek" if row.get("Kamer") == 1 else "tk"
        given.append(f"ah-{chamber}-{session[1]}{session[2]}-{int(supplement[-5:])}")
    if _string(row, "Soort") == QUESTIONS and len(cases) == 1:
        given.append(f"kv-tk-{cases[0]}")
    given += [_string(row, name) for name in _NAMES["number"]]
    return next((text for text in given if IDENTIFIER.fullmatch(text)), None)


def _items(row: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The undeleted rows that hang on a row; one alone may come without a list around it."""
    value = row.get(name)
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, dict) and item.get("Verwijderd") is not True]


def _string(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""


def _day(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _kinds() -> str:
    return " or ".join(f"Soort eq '{kind}'" for kind in KINDS)


def _quoted(text: str) -> str:
    return quote(text, safe="$()',/;=:")
