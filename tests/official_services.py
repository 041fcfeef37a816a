"""A local server that answers as the official services do: lists, pages, editions, and every way in which they fail.

All papers are FICTIEF.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

ANSWERS = "Kamervragen (Aanhangsel)"
QUESTIONS = "Kamervragen zonder antwoord"
NAMESPACES = (
    'xmlns:sru="http://docs.oasis-open.org/ns/search-ws/sruResponse" xmlns:gzd="http://standaarden.overheid.nl/sru" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:overheidwetgeving="http://standaarden.overheid.nl/wetgeving/" '
    'xmlns:c="http://standaarden.overheid.nl/collectie/"'
)


@dataclass
class Served:
    """A paper that the server has. `editions`: contents by form, of the publications; `resource`: of the chamber."""

    id: str
    day: date
    case: str
    modified: str = ""
    available: date | None = None
    publication: str = ANSWERS
    editions: dict[str, bytes] = field(default_factory=dict)
    in_sru: bool = True
    odata: dict[str, Any] | None = None
    resource: bytes | None = None


@dataclass
class Fault:
    """What happens instead of the next answers whose address holds `part`. `status` 0: the connection breaks."""

    part: str
    status: int = 0
    times: int = 1
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def official_xml(number: int, answer: str, *, day: date = date(2031, 4, 15), case: str = "2031Z99901") -> bytes:
    """The official XML of a fictitious answer."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<officiele-publicatie><metadata><meta name="OVERHEIDop.externMetadataRecord"
 content="https://zoek.officielebekendmakingen.nl/ah-tk-20302031-{number}/metadata.xml"/></metadata><kamervragen>
<kamervraagkop><tekstregel inhoud="kameraanduiding">Tweede Kamer der Staten-Generaal</tekstregel>
<tekstregel inhoud="vergaderjaar">Vergaderjaar 2030-2031</tekstregel>
<tekstregel inhoud="publicatienaam">Aanhangsel van de Handelingen</tekstregel></kamervraagkop>
<kamervraagnummer>{number}</kamervraagnummer>
<kamervraagomschrijving type="vraag">Vragen van het lid <naam><achternaam>Pannenkoek</achternaam></naam>
(<politiek>PVM</politiek>) aan de Minister van Wolkenbeheer over <kamervraagonderwerp>FICTIEF: zaak {case}
</kamervraagonderwerp> <datum isodatum="2031-03-04">(ingezonden 4 maart 2031)</datum>.</kamervraagomschrijving>
<kamervraagomschrijving type="antwoord">Antwoord van Minister <naam><achternaam>Sprookjesveen</achternaam></naam>
(<organisatie>Wolkenbeheer</organisatie>) <datum isodatum="{day}">(ontvangen)</datum>.</kamervraagomschrijving>
<vraag><nr>Vraag 1</nr><al>Hoeveel schaapjeswolken zijn er boven de molen geteld?</al></vraag>
<antwoord><nr>Antwoord 1</nr><al>{escape(answer)}</al></antwoord></kamervragen></officiele-publicatie>""".encode()


def answer(number: int, text: str, *, day: date = date(2031, 4, 15), **more: Any) -> Served:
    """A fictitious answer with official XML."""
    case = more.pop("case", f"2031Z{number:05}")
    xml = official_xml(number, text, day=day, case=case)
    return Served(f"ah-tk-20302031-{number}", day, case, editions={"xml": xml}, **({"modified": f"{day}"} | more))


def odata_row(paper: Served, base: str) -> dict[str, Any]:
    """The row of a paper in the list of the OData service, version 4 unless the paper says otherwise."""
    key = guid(paper)
    row = {
        "Id": key, "Soort": "Antwoord schriftelijke vragen", "DocumentNummer": f"2031D{int(key[-5:]):05}",
        "Onderwerp": f"FICTIEF: {paper.id}", "Datum": f"{paper.day}T00:00:00+02:00", "Vergaderjaar": "2030-2031",
        "Kamer": 2, "Aanhangselnummer": None, "GewijzigdOp": paper.modified,
        "ApiGewijzigdOp": f"{paper.modified or paper.day}T07:16:02.1234567Z", "Verwijderd": False,
        "Zaak": [{"Nummer": paper.case, "Soort": "Schriftelijke vragen", "Verwijderd": False}],
        "HuidigeDocumentVersie": {"ExterneIdentifier": None, "Verwijderd": False, "DocumentPublicatie": []},
    }  # fmt: skip
    return row | (paper.odata or {})


def guid(paper: Served) -> str:
    """The key of a paper in the OData service."""
    return f"00000000-aaaa-4bbb-8ccc-{int(hashlib.md5((paper.id).encode()).hexdigest(), 16) % 10**9:012}"


class Official:
    """The services. Change `papers`, `faults` and the rest at any time; `asked` holds the addresses asked for."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.papers: dict[str, Served] = {}
        self.faults: list[Fault] = []
        self.robots = ""
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.conditional: list[str] = []
        self.odata_version: str | None = None
        self.odata_unknown: list[str] = []
        self.odata_page = 2
        self.deleted: list[str] = []

    def put(self, *papers: Served) -> None:
        """Publish papers, or publish them anew."""
        self.papers |= {paper.id: paper for paper in papers}

    def documents(self) -> list[str]:
        """The addresses of papers that were asked for, without the host."""
        return [path for path in self.asked if not path.startswith(("/sru", "/robots.txt")) and "Document?" not in path
                and "$metadata" not in path]  # fmt: skip

    def reply(self, path: str) -> tuple[int, bytes, dict[str, str]]:
        """Status, content and headers of an answer."""
        plain = urlsplit(path).path
        if plain == "/robots.txt":
            return (200, self.robots.encode(), {}) if self.robots else (404, b"", {})
        if plain == "/Errors/404.htm":
            return 200, b"<!DOCTYPE html><html><body>Niet gevonden</body></html>", {}
        if plain == "/sru":
            return 200, self._sru({name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}), {}
        if plain.startswith("/OData/"):
            return self._odata(unquote(path))
        identifier, _, form = plain.rsplit("/", 1)[-1].rpartition(".")
        paper = self.papers.get(identifier)
        if paper is None or form not in paper.editions:
            return 302, b"", {"Location": f"{self.address}/Errors/404.htm"}
        content = paper.editions[form]
        return (
            200,
            content,
            {"ETag": f'"{hashlib.md5(content).hexdigest()}"', "Content-Type": "application/octet-stream"},
        )

    def _sru(self, given: dict[str, str]) -> bytes:
        start, count = int(given["startRecord"]), int(given["maximumRecords"])
        if one := re.search(r"dt\.identifier==(\S+)", given["query"]):
            found = [paper for paper in self.papers.values() if paper.id == one[1] and paper.in_sru]
        else:
            asked = re.fullmatch(
                r'c\.product-area==officielepublicaties AND w\.publicatienaam=="([^"]+)" AND (dt\.\w+)>=([\d-]+)'
                r" AND \2<=([\d-]+) sortBy \2/sort\.ascending", given["query"],
            )  # fmt: skip
            assert asked, given["query"]
            found = [
                paper for paper in self.papers.values()
                if paper.in_sru and paper.publication == asked[1]
                and asked[3] <= self._date(paper, asked[2]) <= asked[4]
            ]  # fmt: skip
        found.sort(key=lambda paper: (paper.day, paper.id))
        page = found[start - 1 : start - 1 + count]
        records = "".join(self._record(paper) for paper in page)
        following = start + len(page)
        after = f"<sru:nextRecordPosition>{following}</sru:nextRecordPosition>" if following <= len(found) else ""
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><sru:searchRetrieveResponse {NAMESPACES}><sru:version>2.0'
            f"</sru:version><sru:numberOfRecords>{len(found) + 3}</sru:numberOfRecords><sru:records>{records}"
            f"</sru:records>{after}</sru:searchRetrieveResponse>"
        ).encode()

    def _date(self, paper: Served, index: str) -> str:
        dates = {"dt.date": paper.day, "dt.available": paper.available or paper.day}
        return str(dates.get(index, paper.modified))

    def _record(self, paper: Served) -> str:
        items = "".join(
            f'<gzd:itemUrl manifestation="{form}">{self.address}/frbr/{paper.id}/1/{form}/{paper.id}.{form}'
            "</gzd:itemUrl>"
            for form in ["metadata", *paper.editions]
        )
        changed = f"<dcterms:modified>{paper.modified}</dcterms:modified>" if paper.modified else ""
        return (
            "<sru:record><sru:recordData><gzd:gzd><gzd:originalData><overheidwetgeving:meta><overheidwetgeving:owmskern>"
            f"<dcterms:identifier>{paper.id}</dcterms:identifier><dcterms:title>FICTIEF: over wolken</dcterms:title>"
            f"{changed}</overheidwetgeving:owmskern><overheidwetgeving:owmsmantel>"
            f"<dcterms:available>{paper.available or paper.day}</dcterms:available>"
            f"<dcterms:date>{paper.day}</dcterms:date>"
            "</overheidwetgeving:owmsmantel><overheidwetgeving:tpmeta><c:product-area>officielepublicaties"
            f"</c:product-area><overheidwetgeving:vraagnummer>{paper.case}</overheidwetgeving:vraagnummer>"
            "</overheidwetgeving:tpmeta></overheidwetgeving:meta></gzd:originalData><gzd:enrichedData>"
            f"<gzd:preferredUrl>{self.address}/{paper.id}.html</gzd:preferredUrl>{items}"
            "</gzd:enrichedData></gzd:gzd></sru:recordData></sru:record>"
        )

    def _odata(self, path: str) -> tuple[int, bytes, dict[str, str]]:
        root = f"/OData/{self.odata_version}"
        if not self.odata_version or not path.startswith(root):
            return 404, b"", {}
        path = path.removeprefix(root)
        if path == "/$metadata":
            return 200, b'<edmx:Edmx><EntityType Name="Document"/></edmx:Edmx>', {}
        if resource := re.fullmatch(r"/Document(Publicatie)?\(([\w-]+)\)/resource", path):
            for paper in self.papers.values():
                if guid(paper) == resource[2]:
                    content = paper.editions.get("xml") if resource[1] else paper.resource
                    return (
                        (200, content, {"Content-Type": "application/pdf"}) if content is not None else (404, b"", {})
                    )
            return 404, b"", {}
        for name in self.odata_unknown:
            if name in path:
                said = {"error": {"message": f"Could not find a property named '{name}' on type 'Document'."}}
                return 400, json.dumps(said).encode(), {}
        first = re.search(r"Datum ge ([\d-]+) and Datum lt ([\d-]+)", path)
        since = re.search(r"(?:Api)?GewijzigdOp ge ([\d-]+)T", path)
        rows = [
            odata_row(paper, self.address) for paper in self.papers.values()
            if paper.odata is not None and (
                (first and first[1] <= str(paper.day) < first[2])
                or (since and (paper.modified or str(paper.day)) >= since[1])
            )
        ]  # fmt: skip
        if since and "Verwijderd eq true" in path:
            rows += [{"Id": key, "Verwijderd": True, "Soort": None, "Zaak": None} for key in self.deleted]
        skip = int(found[1]) if (found := re.search(r"\$skiptoken=(\d+)", path)) else 0
        page: dict[str, Any] = {"value": rows[skip : skip + self.odata_page]}
        if skip + self.odata_page < len(rows):
            bare = re.sub(r"&\$skiptoken=\d+", "", path)
            token = f"&$skiptoken={skip + self.odata_page}"
            page["@odata.nextLink"] = f"{self.address}{root}{quote(bare, safe='/?&=$')}{token}"
        return 200, json.dumps(page).encode(), {"Content-Type": "application/json"}


@contextmanager
def serving() -> Iterator[Official]:
    """The services at a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            official.asked.append(unquote(self.path))
            official.agents.add(self.headers["User-Agent"])
            status, content, headers = official.reply(self.path)
            for fault in official.faults:
                if fault.times and fault.part in unquote(self.path):
                    fault.times -= 1
                    if not fault.status:
                        self.send_response(200)
                        self.send_header("Content-Length", str(len(content) + 100))
                        self.end_headers()
                        self.wfile.write(content[: len(content) // 2])
                        self.close_connection = True
                        return
                    status, content, headers = fault.status, fault.body, fault.headers
                    break
            if status == 200 and "ETag" in headers and self.headers["If-None-Match"] == headers["ETag"]:
                official.conditional.append(unquote(self.path))
                status, content = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    official = Official(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield official
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
