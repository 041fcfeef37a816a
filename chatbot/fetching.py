"""Official papers fetched and read into the index in one go: what the command line and the window call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

from chatbot.settings import Settings
from corpus.archive import Archive, opened
from corpus.errors import UnreadablePaper
from corpus.fetched import FetchReport
from corpus.known import Known
from corpus.manners import Manners
from corpus.readers import read
from corpus.records import Paper
from corpus.services import Services
from corpus.sources import fetch as fetch_papers
from index import build, embedder
from index.generation import STORE

FOLDER = "official"
"""The folder of the archive of received papers, in the data folder."""

SRU_DELAY = 1.0
ODATA_DELAY = 0.6
DOCUMENTS_DELAY = 3.3
"""Seconds between two requests to a service, as careful as the reports about each ask for."""

Progress = Callable[[str, int, int], None]
"""Called with the name of a step, how much of it is done, and how much it is in all as far as is known."""


@dataclass(slots=True)
class Outcome:
    """What became of a fetch: what came, what the index took in and out, and what could not be read.

    `read`: how many papers were read; `removed`: identifiers in the index of withdrawn and replaced papers;
    `skipped`: why a received paper could not be read, by its identifier.
    """

    fetched: FetchReport
    read: int = 0
    removed: list[str] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)


def fetch(
    settings: Settings,
    since: date | None,
    until: date | None = None,
    *,
    limit: int | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Fetch the official papers of a period, or all that is new (`since` is None), and read them into the index.

    `progress` hears of the steps "listing", "fetching", "reading", "embedding" and "indexing"; an exception that it
    raises stops the work, and the next fetch goes on there.

    Raises:
        NoEarlierFetch, FetchBusy: as `corpus.sources.fetch`.
        IndexBusy, IndexUnusable, ModelMismatch, UnknownModel: as an ingest; what came is read next time.
    """
    folder = settings.data / FOLDER
    outcome = Outcome(
        fetch_papers(
            folder, since, until, manners=manners(settings), services=services(settings), limit=limit, progress=progress
        )
    )
    with opened(folder) as archive:
        _take_in(archive, settings, outcome, progress)
    return outcome


def services(settings: Settings) -> Services:
    """The services as the settings name them."""
    return Services(settings.sru_url, settings.odata_url, settings.documents_url)


def manners(settings: Settings) -> Manners:
    """How the services are asked."""
    contact = f"; contact: {settings.fetch_contact}" if settings.fetch_contact else ""
    agent = f"Kamerantwoord/{version('kamerantwoord')} (reads Kamervragen in order to quote them{contact})"
    if settings.fetch_delay is not None:
        return Manners(agent, delay=settings.fetch_delay, timeout=settings.fetch_timeout)
    delays = {urlsplit(settings.odata_url).netloc: ODATA_DELAY, urlsplit(settings.sru_url).netloc: SRU_DELAY}
    return Manners(agent, delays, DOCUMENTS_DELAY, settings.fetch_timeout)


def _take_in(archive: Archive, settings: Settings, outcome: Outcome, progress: Progress | None) -> None:
    """Read what the index does not have yet, and take out what is withdrawn or replaced."""
    ledger, reader = archive.ledger, version("kamerantwoord")
    renamed: set[str] = set()
    if not (settings.data / STORE).is_file():
        ledger.forget_reading()
    if waiting := ledger.unread(reader):
        read_as: dict[str, str] = {}
        papers = _papers(archive, waiting, read_as, outcome, progress)
        build.ingest(papers, settings.data, embedder.load(settings.model), progress=progress)
        outcome.read = len(read_as)
        for paper in waiting:
            if not archive.holds(paper):
                ledger.set_failed(paper.id, f"{archive.path(paper)} is gone; it will be fetched again")
            elif identifier := read_as.get(paper.id):
                if paper.read_as not in ("", identifier):
                    renamed.add(paper.read_as)
                ledger.set_read(paper.id, identifier, paper.hash)
            else:
                ledger.set_read(paper.id, paper.read_as, f"{paper.hash} {reader}")
    obsolete = ledger.obsolete()
    gone = {paper.read_as for paper in obsolete} | {name for name in renamed if not ledger.is_read_as(name)}
    if gone:
        outcome.removed = build.remove(sorted(gone), settings.data, progress=progress)
        for paper in obsolete:
            ledger.set_read(paper.id, "", "")


def _papers(
    archive: Archive, waiting: list[Known], read_as: dict[str, str], outcome: Outcome, progress: Progress | None
) -> Iterator[Paper]:
    for number, known in enumerate(waiting, 1):
        try:
            paper = read(archive.path(known))
        except UnreadablePaper as error:
            outcome.skipped[known.id] = error.reason
        else:
            read_as[known.id] = paper.id
            yield paper
        if progress is not None:
            progress("reading", number, len(waiting))


def succeeded(outcome: Outcome, since: date | None) -> bool:
    """Whether nothing failed, and there was something: after a first fetch, nothing new is a success too."""
    fetched = outcome.fetched
    trouble = fetched.failed or fetched.postponed or fetched.notices or outcome.skipped
    return not trouble and bool(fetched.listed or since is None)


def summary(outcome: Outcome) -> str:
    """What became of a fetch, in lines."""
    fetched = outcome.fetched
    lines = [
        f"{fetched.listed} listed, {len(fetched.added)} new, {len(fetched.changed)} changed, {fetched.same} asked for "
        f"and the same, {len(fetched.withdrawn)} withdrawn, {len(fetched.replaced)} replaced by their definitive "
        f"edition, {len(fetched.failed)} failed",
        f"{outcome.read} read into the index, {len(outcome.removed)} taken out of it, {len(outcome.skipped)} skipped",
    ]
    if fetched.limited:
        lines.append("stopped at --limit; run the same command again to go on")
    if fetched.postponed:
        lines.append(f"{fetched.postponed} not asked for, as a service is in trouble; run the same command again later")
    return "\n".join(lines)


def troubles(outcome: Outcome) -> list[Mapping[str, str]]:
    """The papers that did not come or could not be read, and why."""
    failed = {failure.paper: failure.reason for failure in outcome.fetched.failed}
    return [{"paper": paper, "why": reason} for paper, reason in (failed | outcome.skipped).items()]


def document(outcome: Outcome) -> dict[str, Any]:
    """What became of a fetch, for a machine."""
    fetched = asdict(outcome.fetched)
    fetched["failed"] = {failure.paper: failure.reason for failure in outcome.fetched.failed}
    return fetched | {"read": outcome.read, "removed": outcome.removed, "skipped": outcome.skipped}
