from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_fakes import DIKES, GEESE, CountingEmbedder

from index.abbreviations import definitions, meanings
from index.build import ingest
from index.fusion import WORDS_ONLY
from index.search import Index


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Het Staatstoezicht op de Mijnen (SodM) ziet toe.", [("SodM", "Staatstoezicht op de Mijnen")]),
        ("de Autoriteit Consument & Markt (ACM)", [("ACM", "Autoriteit Consument & Markt")]),
        ("een Posttraumatische stressstoornis (PTSS)", [("PTSS", "Posttraumatische stressstoornis")]),
        ("Zie de brief. Brug (SodM)", []),
        ("Vragen van Van der Velde (VVD)", []),
        ("de minister van Financiën (CDA)", []),
        ("de heer Jansen (Amsterdam)", []),
        ("het comité (zie bijlage)", []),
        ("twee keer Openbaar Ministerie (OM) en Openbaar Ministerie (OM)", [("OM", "Openbaar Ministerie")] * 2),
        ("Rijk. Waterschap Zuid (WZ)", [("WZ", "Waterschap Zuid")]),
    ],
)
def test_what_papers_introduce(text: str, expected: list[tuple[str, str]]) -> None:
    assert list(definitions(text)) == expected


@given(st.text(alphabet="aAbB (.)&-İß\n", max_size=60))
def test_any_text_is_looked_through(text: str) -> None:
    for short, long in definitions(text):
        assert short in text
        assert long.split()[0] in text


def known(forms: dict[str, str]) -> Mapping[str, str] | object:
    def look(wanted: Sequence[str]) -> Mapping[str, str]:
        return {form: forms[form] for form in wanted if form in forms}

    return look


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Wat doet het SodM?", (["Staatstoezicht op de Mijnen"], [])),
        ("wat doet sodm", (["Staatstoezicht op de Mijnen"], [])),
        ("Hoe ver gaat dat?", ([], [])),
        ("Wat doet het Staatstoezicht op de mijnen?", ([], ["SodM"])),
        ("", ([], [])),
    ],
)
def test_what_a_query_means(query: str, expected: tuple[list[str], list[str]]) -> None:
    stands_for = known({"sodm": "Staatstoezicht op de Mijnen", "ver": "Vereniging Exploitanten Rivieren"})
    abbreviated = known({"staatstoezicht op de mijnen": "SodM"})
    assert meanings(query, stands_for, abbreviated) == expected  # type: ignore[arg-type]


def test_an_abbreviation_finds_the_answer_that_writes_it_out(tmp_path: Path) -> None:
    first, *others = DIKES.exchanges
    told = replace(first, answer="Het Waterschap Oude Rijn (WOR) beheert de dijk.")
    written_out = replace(GEESE.exchanges[0], answer="Het Waterschap Oude Rijn telt ganzen.")
    papers = [replace(DIKES, exchanges=(told, *others)), replace(GEESE, exchanges=(written_out,))]
    ingest(papers, tmp_path, CountingEmbedder())
    with Index.open(tmp_path, embedder=CountingEmbedder()) as index:
        assert {hit.paper for hit in index.search("WOR") if hit.lexical} == {DIKES.id, GEESE.id}
        assert {hit.paper for hit in index.search("WOR", blend=WORDS_ONLY) if hit.lexical} == {DIKES.id}
    ingest([DIKES], tmp_path, CountingEmbedder())
    with Index.open(tmp_path, embedder=CountingEmbedder()) as index:
        assert not [hit for hit in index.search("WOR") if hit.lexical]
