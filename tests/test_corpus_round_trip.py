"""Papers made up from the model, written out in every format, come back equal."""

from collections.abc import Callable

import made_papers
import pytest
from hypothesis import Phase, given, settings
from made_papers import Made, compare, papers

from corpus.readers import read_bytes
from corpus.records import raw_offset

FORMATS = {
    "text": (made_papers.as_text, 60),
    "markdown": (made_papers.as_markdown, 40),
    "xml": (made_papers.as_xml, 60),
    "old xml": (made_papers.as_old_xml, 40),
    "official html": (made_papers.as_official_html, 40),
    "page": (made_papers.as_page, 40),
    "docx": (made_papers.as_docx, 15),
    "pdf": (made_papers.as_pdf, 25),
    "jsonl": (made_papers.as_jsonl, 40),
}
"""How each format is written, and how many papers are tried."""


@pytest.mark.parametrize("name", FORMATS)
def test_a_paper_comes_back_from_any_format(name: str) -> None:
    write, examples = FORMATS[name]
    _round_trip(write, examples)


def _round_trip(write: Callable[[Made], bytes], examples: int) -> None:
    @settings(deadline=None, max_examples=examples, phases=[Phase.explicit, Phase.reuse, Phase.generate])
    @given(papers)
    def comes_back(made: Made) -> None:
        paper = read_bytes(write(made), "stuk")
        compare(paper, made)
        for exchange in paper.exchanges:
            for text, knots in ((exchange.question, exchange.question_knots), (exchange.answer, exchange.answer_knots)):
                for place in range(0, len(text), 7):
                    raw = raw_offset(knots, place)
                    assert raw is not None
                    assert text[place].isspace() or paper.raw[raw] == text[place]

    comes_back()
