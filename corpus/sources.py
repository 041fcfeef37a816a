"""The official open-data services: papers of a period, or all that is new since the last time, into an archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from corpus import sru
from corpus.archive import Archive, opened
from corpus.editions import PROVISIONAL, Listed, Service
from corpus.errors import FetchFailed, LeftAlone, NoEarlierFetch, Unreachable, WrongAnswer
from corpus.fetched import Failure, FetchReport
from corpus.known import Known, State
from corpus.manners import Manners
from corpus.odata import Gone, OData
from corpus.receiving import Became, Receiver
from corpus.services import Services
from corpus.web import Web

Progress = Callable[[str, int, int], None]
"""Called with the name of a step, how much of it is done, and how much it is in all as far as is known."""

OVERLAP = timedelta(days=7)
"""How far a fetch of what is new looks back behind the last one: services publish late, and correct."""

PATIENCE = timedelta(days=30)
"""How long a paper that failed, or that has no official XML yet, is asked for again."""

FEW = 5
"""More papers than this, and more than half of a period, are not believed to be withdrawn at once."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a list that comes whole or not at all."""

    name: str
    service: Service
    papers: Callable[[], Iterable[Listed | Gone]]


@dataclass(frozen=True, slots=True)
class _Window:
    """What is listed before its papers are fetched. `column`: the date in the ledger by which it is complete."""

    first: date
    last: date
    column: str
    pieces: tuple[_Piece, ...]


def fetch(
    folder: Path,
    since: date | None,
    until: date | None = None,
    *,
    manners: Manners,
    services: Services | None = None,
    limit: int | None = None,
    progress: Progress | None = None,
    today: date | None = None,
) -> FetchReport:
    """Bring the archive in `folder` up to date with the services.

    `since`: the first day of the papers; None for all that was published, changed or withdrawn since the last fetch.
    `until`: the last day, included; today when it is None. `limit`: at most so many papers are kept anew, the oldest
    first. An exception that `progress` raises stops the fetch; whatever stops it, the next one goes on there.

    Raises:
        NoEarlierFetch: `since` is None and nothing was fetched before.
        FetchBusy: another process is fetching into the folder.
    """
    services = services or Services()
    today = today or date.today()
    last = until or today
    addresses = [url for url in (services.sru, services.odata, services.documents) if url]
    with opened(folder, today) as archive, Web(manners, addresses) as web:
        work = _Fetch(archive, web, services, today, limit, progress)
        if since is None and any(archive.ledger.covered(service) for service in Service):
            return work.run("last", min(work.start(service) for service in Service), last)
        since = since or archive.ledger.interrupted()
        if since is None:
            raise NoEarlierFetch(f"nothing was fetched into {folder} yet; give the first day as --since 2024-11-01")
        return work.run("day", since, last)


class _Fetch:
    """One fetch, window by window: list, ask, look what is gone."""

    def __init__(
        self, archive: Archive, web: Web, services: Services, today: date, limit: int | None, progress: Progress | None
    ) -> None:
        self.archive, self.ledger, self.web, self.services = archive, archive.ledger, web, services
        self.today, self.limit, self.progress = today, limit, progress
        self.receiver = Receiver(web, archive, services.documents, services.odata)
        self.odata = OData(web, services.odata)
        self.report = FetchReport()
        self.down: set[Service] = set()
        self.incomplete: set[Service] = set()
        self.used = set(Service) if services.odata else {Service.SRU}
        self.asked: set[str] = set()

    def start(self, service: Service) -> date:
        """From where on a service is asked for what is new; some service was covered before."""
        days = [day for other in (service, *Service) if (day := self.ledger.covered(other))]
        return days[0] - OVERLAP

    def run(self, way: str, since: date, until: date) -> FetchReport:
        """Go through all windows of a period; `way` is "day" for papers of these days and "last" for what is new."""
        run = self.ledger.begin(way, since, until, datetime.now(UTC))
        windows = list(self._windows(way, since, until))
        total = sum(len(window.pieces) for window in windows)
        listed = 0
        self._show("listing", listed, total)
        for window in windows:
            for piece in window.pieces:
                self._list(piece, run)
                listed += 1
                self._show("listing", listed, total)
            self._ask(self.ledger.due(run))
            self._look_for_missing(window, run)
            if self.report.limited:
                break
        if way == "last" and not self.report.limited:
            self._ask(self._second_tries())
        self.report.listed = len(self.ledger.members(run))
        covered = self.used - self.incomplete
        if covered and not self.report.limited and not self.report.postponed:
            self.ledger.finish(run, covered, min(until, self.today))
            self.report.complete = not self.incomplete
        return self.report

    def _windows(self, way: str, since: date, until: date) -> Iterator[_Window]:
        kinds = (("day", sru.By.DAY),) if way == "day" else (("available", sru.By.AVAILABLE), ("", sru.By.MODIFIED))
        for column, by in kinds:
            begin = since if way == "day" else self.start(Service.SRU)
            for first, last in months(begin, until):
                pieces = [self._sru_piece(publication, by, first, last) for publication in sru.PUBLICATIONS]
                if way == "day" and Service.ODATA in self.used:
                    pieces.append(self._odata_piece(first, last))
                yield _Window(first, last, column, tuple(pieces))
        if way == "last" and Service.ODATA in self.used:
            begin = self.start(Service.ODATA)
            changes = _Piece(f"odata changed {begin}", Service.ODATA, lambda: self.odata.changed(begin))
            yield _Window(begin, until, "", (changes,))

    def _sru_piece(self, publication: str, by: sru.By, first: date, last: date) -> _Piece:
        return _Piece(
            f"sru {publication} {by.value} {first} {last}",
            Service.SRU,
            lambda: sru.listed(self.web, self.services.sru, publication, by, first, last),
        )

    def _odata_piece(self, first: date, last: date) -> _Piece:
        return _Piece(f"odata {first} {last}", Service.ODATA, lambda: self.odata.dated(first, last))

    def _list(self, piece: _Piece, run: int) -> None:
        """Note a piece of the list, if the service gives it; a malformed answer is asked for a second time."""
        if piece.service in self.down or self.ledger.is_done(run, piece.name):
            return
        for again in (True, False):
            try:
                found = list(piece.papers())
            except WrongAnswer as error:
                if again:
                    continue
                self._note_trouble(piece, error)
            except FetchFailed as error:
                self.down.add(piece.service)
                self._note_trouble(piece, error)
            else:
                self._remove_deleted([paper for paper in found if isinstance(paper, Gone)])
                self.ledger.note([paper for paper in found if isinstance(paper, Listed)], run, piece.name)
            return

    def _note_trouble(self, piece: _Piece, error: FetchFailed) -> None:
        self.incomplete.add(piece.service)
        rest = "; this service was not asked for more" if piece.service in self.down else ""
        self.report.notices.append(f"{error}{rest}")

    def _ask(self, papers: list[Known]) -> None:
        """Ask for papers, oldest first, until the limit is reached; a definitive one before what it may replace."""
        todo = sorted(
            (paper for paper in papers if paper.id not in self.asked),
            key=lambda paper: (paper.day or date.max, PROVISIONAL.fullmatch(paper.id) is not None),
        )
        for number, paper in enumerate(todo):
            if self.limit is not None and len(self.report.added) + len(self.report.changed) >= self.limit:
                self.report.limited = True
                return
            self._show("fetching", len(self.asked), len(self.asked) + len(todo) - number)
            self.asked.add(paper.id)
            if self.ledger.get(paper.id).state is not State.REPLACED:
                self._ask_one(paper)
        self._show("fetching", len(self.asked), len(self.asked))

    def _ask_one(self, paper: Known) -> None:
        receipt = self.receiver.receive(paper)
        if receipt.became is Became.ADDED:
            self.report.added.append(paper.id)
        elif receipt.became is Became.CHANGED:
            self.report.changed.append(paper.id)
        elif receipt.became is Became.SAME:
            self.report.same += 1
        elif receipt.became is Became.POSTPONED:
            self.report.postponed += 1
        else:
            self.ledger.set_failed(paper.id, receipt.reason)
            self.report.failed.append(Failure(paper.id, receipt.reason))
        if receipt.became in (Became.ADDED, Became.CHANGED):
            self.report.replaced += self.receiver.replace_earlier(paper)

    def _look_for_missing(self, window: _Window, run: int) -> None:
        """Papers of a window that the service no longer lists are withdrawn, if asking for them says so too."""
        if not window.column or Service.SRU in self.incomplete or self.report.limited:
            return
        listed = self.ledger.members(run)
        ours = self.ledger.received_between(window.column, window.first, window.last)
        known = [paper for paper in ours if Service.SRU in paper.services]
        missing = [paper for paper in known if paper.id not in listed]
        if len(missing) > max(FEW, len(known) // 2):
            self.report.notices.append(
                f"{self.services.sru}: no longer lists {len(missing)} of {len(known)} papers of {window.first} to "
                f"{window.last}; they are kept, as so many are not withdrawn at once"
            )
            return
        for paper in missing:
            if self.receiver.receive(paper).became is Became.MISSING:
                self._withdraw(paper)

    def _remove_deleted(self, deleted: list[Gone]) -> None:
        """Papers that the OData service deleted are withdrawn, unless the official publications still have them."""
        for gone in deleted:
            for paper in self.ledger.by_key(gone.key):
                if paper.state is not State.RECEIVED:
                    continue
                elsewhere = paper.services - {Service.ODATA}
                if not elsewhere or self.receiver.receive(paper, odata=False).became is Became.MISSING:
                    self._withdraw(paper)

    def _withdraw(self, paper: Known) -> None:
        self.receiver.withdraw(paper)
        self.report.withdrawn.append(paper.id)

    def _second_tries(self) -> list[Known]:
        """Papers that failed lately, and those whose official XML was not there yet and is listed now."""
        begin = self.today - PATIENCE
        again = self.ledger.troubled(begin)
        for paper in self.ledger.awaiting_xml(begin, self.today):
            if Service.SRU in self.down:
                break
            try:
                listed = sru.one(self.web, self.services.sru, paper.id)
            except (Unreachable, LeftAlone):
                break
            except FetchFailed:
                continue
            if listed is not None:
                again += self.ledger.relisted(listed)
        return again

    def _show(self, step: str, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress(step, done, total)


def months(first: date, last: date) -> Iterator[tuple[date, date]]:
    """The months of a period, the first and the last as far as they belong to it."""
    while first <= last:
        following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield first, min(last, following - timedelta(days=1))
        first = following
