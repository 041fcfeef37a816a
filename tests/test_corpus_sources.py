"""Papers are fetched from the official services whole, once, politely, and without losing any."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from official_services import QUESTIONS, Fault, Official, Served, answer, guid, official_xml, serving

from corpus.archive import opened
from corpus.errors import ArchiveUnusable, FetchBusy, NoEarlierFetch
from corpus.fetched import Failure, FetchReport
from corpus.manners import Manners
from corpus.services import Services
from corpus.sources import fetch, months

MARCH, MAY = date(2031, 3, 1), date(2031, 5, 1)
PDF = b"%PDF-1.7\nFICTIEF\n%%EOF\n"


@pytest.fixture
def official() -> Iterator[Official]:
    with serving() as services:
        services.put(*(answer(number, f"Er zijn {number} schaapjeswolken.") for number in (1, 2, 3)))
        yield services


def run(official: Official, folder: Path, since: date | None = MARCH, **more: Any) -> FetchReport:
    services = Services(f"{official.address}/sru", f"{official.address}/OData", official.address)
    manners = Manners("Kamerantwoord/9 (test)", delay=0, timeout=5, tries=3, first_pause=0.001)
    return fetch(folder, since, **({"services": services, "manners": manners, "today": MAY} | more))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "papers").rglob("*.*"))}


def ids(*numbers: int) -> list[str]:
    return [f"ah-tk-20302031-{number}" for number in numbers]


def test_the_papers_of_a_period_are_kept_byte_for_byte_and_asked_for_once(official: Official, tmp_path: Path) -> None:
    official.put(answer(9, "Te vroeg.", day=date(2031, 2, 28)))
    official.put(Served("kv-tk-2031Z00007", MARCH, "2031Z00007", "2031-03-01", publication=QUESTIONS,
                        editions={"xml": official_xml(7, "Nog geen.")}))  # fmt: skip
    first = run(official, tmp_path)
    again = run(official, tmp_path)
    assert (first.added, first.listed, first.failed) == (["kv-tk-2031Z00007", *ids(1, 2, 3)], 4, [])
    assert (again.added, again.changed, again.same, again.listed) == ([], [], 0, 4)
    assert files(tmp_path) == {
        f"{name}.xml": official.papers[name].editions["xml"] for name in [*ids(1, 2, 3), "kv-tk-2031Z00007"]
    }
    assert len(official.documents()) == 4
    assert official.agents == {"Kamerantwoord/9 (test)"}


def test_a_list_of_more_than_a_page_is_followed_to_its_end(
    official: Official, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corpus import sru

    pages = {"page": 2, "reach": 4}
    whole = sru.listed
    monkeypatch.setattr(sru, "listed", lambda *given, **more: whole(*given, **(pages | more)))
    official.put(*(answer(number, "Ja.", day=date(2031, 4, number)) for number in range(4, 14)))
    assert sorted(run(official, tmp_path).added) == sorted(ids(*range(1, 14)))
    starts = {path.split("startRecord=")[1] for path in official.asked if path.startswith("/sru")}
    assert starts == {"1&maximumRecords=2", "3&maximumRecords=2"}


@pytest.mark.parametrize(
    "fault",
    [
        Fault("-2.xml", 0),
        Fault("-2.xml", 500, times=2),
        Fault("-2.xml", 429, headers={"Retry-After": "0"}),
        Fault("/sru", 503),
        Fault("/sru", 0),
        Fault("/sru", 200, body=b"<html>onderhoud"),
        Fault("/sru", 200, body=b"<searchRetrieveResponse><diagnostics>query</diagnostics></searchRetrieveResponse>"),
    ],
    ids=["broken", "500", "429", "list 503", "list broken", "list malformed", "list refused once"],
)
def test_a_failure_that_passes_costs_nothing(official: Official, tmp_path: Path, fault: Fault) -> None:
    official.faults.append(fault)
    report = run(official, tmp_path)
    assert (report.added, report.failed) == (ids(1, 2, 3), [])
    assert fault.times == 0
    assert [notice for notice in report.notices if "/sru" in notice] == []


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault("-2.xml", 500, times=99), "HTTP 500"),
        (Fault("-2.xml", 200, times=99, body=b"<html><body>storing</body></html>"), "a web page instead of the paper"),
        (Fault("-2.xml", 200, times=99, body=b"<officiele-publicatie><kamer"), "not XML, or only a part of it"),
        (Fault("-2.xml", 403, times=99), "HTTP 403"),
    ],
    ids=["500", "page", "torn", "403"],
)
def test_a_paper_that_does_not_come_is_named_and_asked_for_again(
    official: Official, tmp_path: Path, fault: Fault, reason: str
) -> None:
    official.faults.append(fault)
    report = run(official, tmp_path)
    assert report.added == ids(1, 3)
    assert [failure.paper for failure in report.failed] == ids(2)
    assert reason in report.failed[0].reason
    assert "\n" not in report.failed[0].reason
    official.faults.clear()
    assert run(official, tmp_path, since=None).added == ids(2)


def test_a_fetch_that_was_interrupted_goes_on_where_it_stopped(official: Official, tmp_path: Path) -> None:
    def stop(step: str, done: int, total: int) -> None:
        if step == "fetching" and done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(official, tmp_path, progress=stop)
    assert sorted(files(tmp_path)) == [f"{name}.xml" for name in ids(1, 2)]
    official.asked.clear()
    assert run(official, tmp_path, since=None).added == ids(3)
    assert len(official.documents()) == 1
    assert not any("dt.date>=2031-04" in path for path in official.asked)


def test_a_limit_keeps_the_oldest_and_the_next_fetch_goes_on(official: Official, tmp_path: Path) -> None:
    official.put(answer(4, "Ja.", day=MARCH))
    first, second = run(official, tmp_path, limit=2), run(official, tmp_path)
    assert (first.added, first.limited, first.complete) == (ids(4, 1), True, False)
    assert (second.added, second.limited) == (ids(2, 3), False)


def test_a_changed_paper_replaces_the_earlier_one_which_is_kept_apart(official: Official, tmp_path: Path) -> None:
    before = run(official, tmp_path)
    old = official.papers[ids(2)[0]].editions["xml"]
    official.put(answer(2, "Er zijn er meer.", modified="2031-04-29"))
    report = run(official, tmp_path, since=None, today=date(2031, 5, 2))
    assert (before.added, report.added, report.changed) == (ids(1, 2, 3), [], ids(2))
    assert files(tmp_path)["ah-tk-20302031-2.xml"] == official.papers[ids(2)[0]].editions["xml"]
    assert [path.read_bytes() for path in (tmp_path / "earlier").iterdir()] == [old]


def test_a_paper_whose_record_alone_changed_is_not_sent_again(official: Official, tmp_path: Path) -> None:
    run(official, tmp_path)
    official.papers[ids(2)[0]].modified = "2031-04-29"
    report = run(official, tmp_path)
    assert (report.changed, report.same) == ([], 1)
    assert official.conditional == ["/frbr/ah-tk-20302031-2/1/xml/ah-tk-20302031-2.xml"]


def test_a_withdrawn_paper_is_put_apart_and_comes_back_when_it_is_published_again(
    official: Official, tmp_path: Path
) -> None:
    run(official, tmp_path)
    gone = official.papers.pop(ids(2)[0])
    assert run(official, tmp_path).withdrawn == ids(2)
    assert sorted(files(tmp_path)) == [f"{name}.xml" for name in ids(1, 3)]
    assert [path.read_bytes() for path in (tmp_path / "withdrawn").iterdir()] == [gone.editions["xml"]]
    official.put(gone)
    assert run(official, tmp_path).changed == ids(2)
    assert len(files(tmp_path)) == 3


def test_a_paper_that_is_only_missing_from_the_list_is_kept(official: Official, tmp_path: Path) -> None:
    run(official, tmp_path)
    official.papers[ids(2)[0]].in_sru = False
    assert run(official, tmp_path).withdrawn == []
    assert len(files(tmp_path)) == 3


def test_a_list_that_lost_most_of_its_papers_is_not_believed(official: Official, tmp_path: Path) -> None:
    official.put(*(answer(number, "Ja.") for number in range(4, 14)))
    run(official, tmp_path)
    official.papers.clear()
    report = run(official, tmp_path)
    assert report.withdrawn == []
    assert any("no longer lists 13 of 13 papers" in notice for notice in report.notices)


def test_a_provisional_paper_gives_way_to_its_definitive_edition(official: Official, tmp_path: Path) -> None:
    official.put(Served("ah-9999902", date(2031, 4, 16), "2031Z00004", "2031-04-16", editions={"pdf": PDF}))
    assert "ah-9999902" in run(official, tmp_path).added
    official.put(answer(4, "Ja.", day=date(2031, 4, 16), modified="2031-04-30"))
    report = run(official, tmp_path, since=None)
    assert (report.added, report.replaced) == (ids(4), ["ah-9999902"])
    assert "ah-9999902.pdf" not in files(tmp_path)


def test_a_paper_without_official_xml_is_asked_for_until_there_is_one(official: Official, tmp_path: Path) -> None:
    xml = official.papers[ids(2)[0]].editions.pop("xml")
    official.papers[ids(2)[0]].editions["pdf"] = PDF
    assert run(official, tmp_path).added == ids(1, 2, 3)
    official.papers[ids(2)[0]].editions["xml"] = xml
    report = run(official, tmp_path, since=None, today=date(2031, 5, 3))
    assert report.changed == ids(2)
    assert files(tmp_path)["ah-tk-20302031-2.xml"] == xml
    assert "ah-tk-20302031-2.pdf" not in files(tmp_path)


def test_documents_that_a_host_does_not_want_to_be_fetched_are_taken_where_they_may_be(
    official: Official, tmp_path: Path
) -> None:
    official.robots = "User-agent: *\nDisallow: /frbr/\n"
    assert run(official, tmp_path).added == ids(1, 2, 3)
    assert official.documents() == [f"/{name}.xml" for name in ids(1, 2, 3)]
    official.robots = "User-agent: Kamerantwoord\nDisallow: /\n"
    report = run(official, tmp_path / "other")
    assert report.added == []
    assert "does not allow it" in report.failed[0].reason


def test_no_other_host_is_asked_whatever_a_list_says(official: Official, tmp_path: Path) -> None:
    for paper in official.papers.values():
        paper.editions.clear()
    record = official._record
    official._record = lambda paper: record(paper).replace(  # type: ignore[method-assign]
        "</gzd:enrichedData>",
        '<gzd:itemUrl manifestation="pdf">http://elsewhere.invalid/a.pdf</gzd:itemUrl></gzd:enrichedData>',
    )
    report = run(official, tmp_path)
    assert [failure.paper for failure in report.failed] == ids(1, 2, 3)
    assert "elsewhere.invalid is not one of the services; nothing was asked of it" in report.failed[0].reason


def test_a_service_in_trouble_is_left_alone_and_nothing_is_lost(official: Official, tmp_path: Path) -> None:
    official.put(*(answer(number, "Ja.") for number in range(4, 9)))
    official.faults.append(Fault(".xml", 503, times=999))
    report = run(official, tmp_path)
    assert len(report.failed) + report.postponed == 8
    assert report.postponed >= 6
    assert len(official.documents()) <= 9
    official.faults.clear()
    assert run(official, tmp_path, since=None).added == ids(*range(1, 9))


def test_a_service_that_asks_for_a_long_pause_gets_it(official: Official, tmp_path: Path) -> None:
    official.faults.append(Fault("/sru", 429, times=9, headers={"Retry-After": "3600"}))
    report = run(official, tmp_path)
    assert (report.listed, report.complete) == (0, False)
    assert any("the service asks to wait 3600 s" in notice for notice in report.notices)
    assert sum(path.startswith("/sru") for path in official.asked) == 1


@cache
def docx() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return content.getvalue()


@pytest.mark.parametrize("version", ["v5", "v4/2.0"])
def test_the_chambers_own_list_adds_what_is_not_published_yet(official: Official, tmp_path: Path, version: str) -> None:
    official.odata_version = version
    number = {"Nummer": "2031D55555", "DocumentNummer": None} if version == "v5" else {"DocumentNummer": "2031D55555"}
    fresh = Served("fresh", MARCH, "2031Z00020", "2031-03-02", in_sru=False, odata=number, resource=docx())
    known = [answer(number, "Ja.", odata={"Aanhangselnummer": f"3031{number:05}"}) for number in (1, 2, 3)]
    official.put(fresh, *known)
    report = run(official, tmp_path)
    assert (report.added, report.notices) == (["2031D55555", *ids(1, 2, 3)], [])
    assert files(tmp_path)["2031D55555.docx"] == docx()
    assert f"/OData/{version}/Document({guid(fresh)})/resource" in official.documents()


def test_a_paper_that_gets_its_official_name_gives_up_its_number(official: Official, tmp_path: Path) -> None:
    official.odata_version = "v4/2.0"
    number = {"DocumentNummer": "2031D55555"}
    fresh = Served("fresh", MARCH, "2031Z00020", "2031-03-02", in_sru=False, odata=number, resource=docx())
    official.put(fresh)
    run(official, tmp_path)
    fresh.odata = number | {"Aanhangselnummer": "303100020"}
    fresh.modified = "2031-04-30"
    report = run(official, tmp_path, since=None)
    assert (report.added, report.replaced) == (ids(20), ["2031D55555"])


def test_attributes_that_a_version_does_not_know_are_done_without(official: Official, tmp_path: Path) -> None:
    official.odata_version = "v5"
    official.odata_unknown = ["DocumentPublicatie", "Verwijderd", "ApiGewijzigdOp"]
    fresh = Served("fresh", MARCH, "2031Z00020", "2031-04-30", in_sru=False, odata={"Nummer": "2031D5"}, resource=PDF)
    fresh.odata |= {"DocumentNummer": None}  # type: ignore[operator]
    official.put(fresh)
    assert run(official, tmp_path).added == ["2031D5", *ids(1, 2, 3)]
    fresh.resource, fresh.modified = PDF + b"\n%%EOF", "2031-05-01"
    report = run(official, tmp_path, since=None)
    assert (report.changed, report.notices) == (["2031D5"], [])


def test_a_paper_that_the_chamber_deleted_goes_unless_it_is_officially_published(
    official: Official, tmp_path: Path
) -> None:
    official.odata_version = "v4/2.0"
    own = Served("own", MARCH, "2031Z00020", in_sru=False, odata={"DocumentNummer": "2031D7"}, resource=PDF)
    both = answer(1, "Ja.", odata={"Aanhangselnummer": "303100001"})
    official.put(own, both)
    run(official, tmp_path)
    official.deleted = [guid(own), guid(both)]
    own.odata = both.odata = None
    assert run(official, tmp_path, since=None).withdrawn == ["2031D7"]


def test_without_the_chambers_list_the_publications_still_come(official: Official, tmp_path: Path) -> None:
    report = run(official, tmp_path)
    assert report.added == ids(1, 2, 3)
    (notice,) = report.notices
    assert "/OData/v5/$metadata: the service does not have it (HTTP 404)" in notice
    assert run(official, tmp_path, since=None).added == []


def test_the_chambers_list_can_be_left_out(official: Official, tmp_path: Path) -> None:
    official.odata_version = "v5"
    report = run(official, tmp_path, services=Services(f"{official.address}/sru", "", official.address))
    assert (report.added, report.notices, report.complete) == (ids(1, 2, 3), [], True)
    assert not any(path.startswith("/OData") for path in official.asked)


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"[]",
        b'{"value": 3}',
        b'{"value": [], "@odata.nextLink": "http://elsewhere.invalid/OData"}',
        b'{"value": [{"Id',
    ],
    ids=["empty", "list", "number", "elsewhere", "torn"],
)
def test_a_malformed_list_of_the_chamber_is_said_and_stops_nobody(
    official: Official, tmp_path: Path, page: bytes
) -> None:
    official.odata_version = "v5"
    official.faults.append(Fault("/Document?", 200, times=99, body=page))
    april = {"since": date(2031, 4, 1), "until": date(2031, 4, 30)}
    report = run(official, tmp_path, **april)
    assert (report.added, report.complete, len(report.notices)) == (ids(1, 2, 3), False, 1)


@pytest.mark.parametrize("content", [b"no ledger at all, but long enough to be looked at" * 40, b""])
def test_a_ledger_that_cannot_be_read_is_said(official: Official, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(content)
    if content:
        with pytest.raises(ArchiveUnusable, match=r"ledger.sqlite cannot be read .* move it away and fetch again"):
            run(official, tmp_path)
    else:
        assert run(official, tmp_path).added == ids(1, 2, 3)


def test_going_on_from_the_last_fetch_needs_one(official: Official, tmp_path: Path) -> None:
    with pytest.raises(NoEarlierFetch, match="give the first day as --since"):
        run(official, tmp_path, since=None)


def test_two_fetches_into_one_folder_do_not_mix(official: Official, tmp_path: Path) -> None:
    with opened(tmp_path), pytest.raises(FetchBusy, match="another process is fetching"):
        run(official, tmp_path)


def test_progress_is_told_of_lists_and_papers(official: Official, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    run(official, tmp_path, since=date(2031, 4, 1), until=date(2031, 4, 30), progress=lambda *step: told.append(step))
    assert [step for step in told if step[0] == "listing"] == [("listing", done, 3) for done in range(4)]
    assert [step for step in told if step[0] == "fetching"] == [("fetching", done, 3) for done in range(4)]


def test_a_period_is_asked_for_by_months() -> None:
    assert list(months(date(2030, 12, 30), date(2031, 2, 1))) == [
        (date(2030, 12, 30), date(2030, 12, 31)),
        (date(2031, 1, 1), date(2031, 1, 31)),
        (date(2031, 2, 1), date(2031, 2, 1)),
    ]


def test_a_failure_names_the_paper_and_every_address_that_was_tried(official: Official, tmp_path: Path) -> None:
    official.papers[ids(2)[0]].editions["xml"] = b""
    report = run(official, tmp_path)
    assert report.failed == [
        Failure(
            ids(2)[0],
            f"{official.address}/frbr/ah-tk-20302031-2/1/xml/ah-tk-20302031-2.xml: not XML, or only a part of it; "
            f"it begins with nothing; {official.address}/ah-tk-20302031-2.xml: not XML, or only a part of it; "
            "it begins with nothing",
        )
    ]
