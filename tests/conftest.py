"""The index of the example papers, for tests that only read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.readers import find_files, read
from index import build, embedder
from index.search import Index

EXAMPLES = Path(__file__).parents[1] / "corpus" / "voorbeeld"


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    build.ingest((read(file) for file in find_files([EXAMPLES])), folder, embedder.load())
    return folder


@pytest.fixture(scope="session")
def index(data: Path) -> Iterator[Index]:
    with Index.open(data) as opened:
        yield opened
