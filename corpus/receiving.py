"""One paper, asked for until an edition comes that is what it says to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from corpus.archive import WITHDRAWN, Archive, digest
from corpus.editions import PROVISIONAL, Edition, Form, best, form_of, rank, shown
from corpus.errors import FetchFailed, LeftAlone, NotThere, Unreachable, WrongAnswer
from corpus.known import Known, State
from corpus.readers import SIZE_LIMIT
from corpus.web import Web

OFFICIAL_ID = re.compile(r"(?:ah|kv)-(?:tk|ek)-[\w-]+")


class Became(Enum):
    """What became of asking for a paper; POSTPONED: nobody was asked, as the service is in trouble."""

    ADDED = auto()
    CHANGED = auto()
    SAME = auto()
    FAILED = auto()
    MISSING = auto()
    POSTPONED = auto()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of asking for a paper, and why, in one line; "" where all is well."""

    became: Became
    reason: str = ""


class Receiver:
    """Asks for papers and keeps them. `documents`, `odata`: base addresses of the services."""

    def __init__(self, web: Web, archive: Archive, documents: str, odata: str) -> None:
        self._web = web
        self._archive = archive
        self._documents = documents.rstrip("/")
        self._odata = odata.rstrip("/")

    def receive(self, paper: Known, *, odata: bool = True) -> Receipt:
        """Ask for a paper and keep the best edition that comes; the ledger is told. `odata`: also where that has it."""
        problems: list[FetchFailed] = []
        held = self._archive.holds(paper)
        for edition in self._candidates(paper, odata):
            known = paper.validators if held and edition.url == paper.url else None
            of_service = edition.url.startswith(f"{self._odata}/")
            try:
                reply = self._web.get(edition.url, limit=SIZE_LIMIT, validators=known, robots=not of_service)
                if reply.content is None:
                    self._archive.ledger.set_same(paper.id)
                    return Receipt(Became.SAME)
                form = _checked(paper, edition, reply.content)
            except FetchFailed as error:
                problems.append(error)
                continue
            again = form is not Form.XML and any(isinstance(problem, Unreachable) for problem in problems)
            if held and paper.hash == digest(reply.content) and paper.form is form:
                self._archive.ledger.set_same(paper.id)
                return Receipt(Became.SAME)
            if held and paper.form is not None and again and rank(form) > rank(paper.form):
                break
            file = self._archive.keep(paper, reply.content, form)
            self._archive.ledger.set_received(
                paper.id, form, edition.url, reply.validators, digest(reply.content), file, due=again
            )
            return Receipt(Became.CHANGED if paper.hash else Became.ADDED)
        return self._failed(paper, problems)

    def _failed(self, paper: Known, problems: list[FetchFailed]) -> Receipt:
        reason = "; ".join(map(str, problems)) or "the services list no edition of it yet"
        if problems and all(isinstance(problem, LeftAlone) for problem in problems):
            return Receipt(Became.POSTPONED, reason)
        if problems and all(isinstance(problem, NotThere) for problem in problems):
            return Receipt(Became.MISSING, reason)
        return Receipt(Became.FAILED, reason)

    def withdraw(self, paper: Known) -> None:
        """A paper is no longer published: out of the way, but kept."""
        file = self._archive.set_aside(paper, WITHDRAWN)
        self._archive.ledger.set_gone(paper.id, State.WITHDRAWN, file)

    def replace_earlier(self, paper: Known) -> list[str]:
        """Put what a definitive paper stands for from now on out of the way; the identifiers."""
        if PROVISIONAL.fullmatch(paper.id):
            return []
        ledger = self._archive.ledger
        same = [other for other in ledger.by_key(paper.key) if other.id != paper.id] if paper.key else []
        if paper.id.startswith("ah-"):
            same += [other for other in ledger.same_case(paper) if other.id.startswith("ah-")]
        earlier = {
            other.id: other for other in same if PROVISIONAL.fullmatch(other.id) and other.state is not State.REPLACED
        }
        for other in earlier.values():
            ledger.set_gone(other.id, State.REPLACED, self._archive.set_aside(other, WITHDRAWN))
        return list(earlier)

    def _candidates(self, paper: Known, odata: bool) -> Iterator[Edition]:
        """The editions as listed, best first, with the same on the site for people where its name is certain."""
        editions = tuple(edition for edition in paper.editions if odata or not self._from_odata(edition))
        official = OFFICIAL_ID.fullmatch(paper.id)
        if official and all(map(self._from_odata, editions)):
            editions = (Edition(f"{self._documents}/{paper.id}.xml", Form.XML), *editions)
        given = {edition.url for edition in editions}
        for edition in best(editions):
            yield edition
            twin = f"{self._documents}/{paper.id}.{edition.form.value}" if edition.form else ""
            if twin and twin not in given and edition.form in (Form.XML, Form.PDF) and not self._from_odata(edition):
                yield Edition(twin, edition.form)

    def _from_odata(self, edition: Edition) -> bool:
        return edition.url.startswith(f"{self._odata}/")


def _checked(paper: Known, edition: Edition, content: bytes) -> Form:
    """What the content is; raises `NotThere` or `WrongAnswer` when it is not what was asked for."""
    form = form_of(content)
    if form is Form.HTML and (edition.form is not Form.HTML or paper.id.encode() not in content):
        raise NotThere(f"{edition.url}: the service answers with a web page instead of the paper")
    if form is None:
        wanted = edition.form.value.upper() if edition.form else "a paper"
        raise WrongAnswer(f"{edition.url}: not {wanted}, or only a part of it; it begins with {shown(content)}")
    return form
