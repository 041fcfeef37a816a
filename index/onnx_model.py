"""The bundled model in ONNX Runtime: there in a second, and far quicker than in torch.

The network of BERT (Devlin and others, 2019) is put together from ONNX Runtime's own operators for it, once, into a
file. The words' vectors are no part of it: those of a text's tokens are unpacked from the installed package.

Where the processor multiplies whole numbers of 8 bits in hardware, the network does so; elsewhere it calculates in
float32. Rounded are the weights, in steps by output, and what they are multiplied with, in steps by text. A few of a
token's numbers are always far larger than the rest, and would leave the others a few steps only. They are divided by
what they reach in some sentences, and the weights multiplied by it (SmoothQuant, Xiao and others, 2022), which keeps
vectors within 2 degrees of those in float32 (cosine 0.9995).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidArgument, InvalidGraph, InvalidProtobuf

from index import senses
from index.bundled import WEIGHTS, PackedWeights, made, open_tokenizer
from index.processors import processors
from index.senses import Senses

Vectors = npt.NDArray[np.float32]

_SEEN = "l10"
"""The layer whose words are told beside the vector, the last but one: it and the two below tell answers apart best
(see docs/quality.md)."""

_FUSED = "com.microsoft"
"""Where ONNX Runtime keeps operators that are several of ONNX in one."""

_UNEVEN = (0, 1, 2, 4, 5, 6, 7)
"""Layers in which a few tokens become far larger than the others between the two linear steps."""

_BEND = 0.2
"""More than the size of the least value that GELU gives, -0.17."""


_SENTENCES = (
    "query: Wat doet de minister tegen de lange wachttijden bij de rechtbanken?",
    "query: How many homes were built last year, and why so few?",
    "passage: Geluid van vliegtuigen | Infrastructuur en Waterstaat\nJa. In 2023 waren er 1.204 klachten, 12% meer dan "
    "in 2022. De inspectie heeft de uitkomsten «zorgelijk» genoemd (zie bijlage 2, p. 14).",
    "passage: Nee.",
)
"""What shows which of a token's numbers are large. That is the model's own habit: little hangs on the words."""


class OnnxModel:
    """Texts to vectors of length 1. Safe to use from several threads.

    `whole_numbers`: whether to calculate in 8 bits; None for whether the processor does so in hardware.
    """

    def __init__(self, cache: Path, *, whole_numbers: bool | None = None) -> None:
        self._packed = PackedWeights(WEIGHTS.locate())
        self._tokenizer = open_tokenizer()
        whole = multiplies_whole_numbers() if whole_numbers is None else whole_numbers
        self._options = onnxruntime.SessionOptions()
        # A text is so soon done in 8 bits that to share it between threads costs more than it brings.
        self._options.intra_op_num_threads = 1 if whole else processors()
        # Waiting threads would otherwise turn in circles and take the processor from others.
        self._options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._options.log_severity_level = 4
        kind = "int8" if whole else "float32"
        file = cache / f"multilingual-e5-small-{WEIGHTS.sha256[:16]}-{kind}-{_SEEN}.onnx"
        session = self._opened(file)
        if session is None:
            network = self._network(whole)
            made(file, lambda scratch: _written(scratch, network))
            session = self._open(file)
        self._session = session
        self._surprise = -self._packed.scores
        self.dimension = self._packed.hidden

    def look(self, text: str, begin: int) -> tuple[Vectors, Senses]:
        """The vector of a text, as (dimension,), and its words; it begins at `begin`, behind what goes in front."""
        encoding = self._tokenizer.encode(text)
        ids = np.array(encoding.ids, dtype=np.int64)
        vectors, seen = self._session.run(None, {"words": self._packed.word_vectors(ids[None])})
        return vectors[0], senses.found_in(text, begin, encoding.offsets, seen[0], self._surprise[ids])

    def look_at_all(self, texts: Sequence[str], begin: int) -> Generator[tuple[Vectors, Senses], None, None]:
        """The same of many texts, in their order, as many at a time as there are processors."""
        with ThreadPoolExecutor(processors()) as pool:
            waiting = [pool.submit(self.look, text, begin) for text in texts]
            try:
                for looked in waiting:
                    yield looked.result()
            finally:
                for looked in waiting:
                    looked.cancel()

    def _network(self, whole: bool) -> bytes:
        plain = _Network(self._packed)
        if not whole:
            return plain.made()
        names = plain.normalised
        session = self._open(plain.made(told=names))
        largest = {name: np.zeros(self._packed.hidden, dtype=np.float32) for name in names}
        for text in _SENTENCES:
            words = {"words": self._packed.word_vectors(np.array([self._tokenizer.encode(text).ids], dtype=np.int64))}
            for name, tokens in zip(names, session.run(names, words), strict=True):
                largest[name] = np.maximum(largest[name], np.abs(tokens[0]).max(axis=0))
        return _Network(self._packed, largest).made()

    def _opened(self, file: Path) -> onnxruntime.InferenceSession | None:
        """The network in a file; None where there is no whole one."""
        if not file.is_file():
            return None
        try:
            return self._open(file)
        except (Fail, InvalidArgument, InvalidGraph, InvalidProtobuf):
            return None

    def _open(self, network: Path | bytes) -> onnxruntime.InferenceSession:
        return onnxruntime.InferenceSession(network, self._options, providers=["CPUExecutionProvider"])


def _written(file: Path, content: bytes) -> None:
    file.write_bytes(content)


@cache
def multiplies_whole_numbers() -> bool:
    """Whether the processor multiplies and adds whole numbers of 8 bits in one go; elsewhere they bring nothing.

    Looked up where Linux tells it; what other systems run on is taken not to.
    """
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    flags = {flag for line in told.splitlines() if line.startswith("flags") for flag in line.split()}
    return bool(flags & {"amx_int8", "avx512_vnni", "avx_vnni"})


class _Network:
    """The graph of the model: the "words" of one text (1, length, hidden) to its "vectors" (1, hidden), and to what the
    words are below the last layer (1, length, hidden).

    One text at a time needs no padding, and its vector does not depend on the others of a batch.

    `largest`: for each step that normalises tokens, by its name, what each of a token's numbers reaches, (hidden,): to
    calculate in 8 bits. None: to calculate in float32.
    """

    def __init__(self, packed: PackedWeights, largest: Mapping[str, Vectors] | None = None) -> None:
        # The package takes half a second to load, and is wanted once.
        import onnx

        self._packed = packed
        self._largest = largest
        self._onnx: Any = onnx
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    @property
    def normalised(self) -> list[str]:
        """The names of the steps that normalise tokens."""
        layers = range(self._packed.layers)
        return ["emb.ln", *(f"l{layer}.{part}" for layer in layers for part in ("aln", "oln"))]

    def made(self, *, told: Sequence[str] = ()) -> bytes:
        """The network as a file holds it. `told`: steps of which the outcome is told beside the vectors."""
        helper, kinds = self._onnx.helper, self._onnx.TensorProto
        for name, place in (("zero", 0), ("one", 1), ("two", 2), ("last", -1)):
            self._constant(name, np.array([place], dtype=np.int64))
        self._constant("bend", np.array([_BEND], dtype=np.float32))
        tokens = self._embedded()
        for layer in range(self._packed.layers):
            tokens = self._layer(layer, tokens)
        # The length becomes 1, so that a sum does for the mean of the tokens.
        self._node("ReduceSum", [tokens, "one"], "sums", keepdims=0)
        self._node("LpNormalization", ["sums"], "vectors", axis=-1, p=2)
        graph = helper.make_graph(
            self._nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info("words", kinds.FLOAT, [1, "length", self._packed.hidden])],
            [
                helper.make_tensor_value_info("vectors", kinds.FLOAT, [1, self._packed.hidden]),
                helper.make_tensor_value_info(f"{_SEEN}.oln", kinds.FLOAT, [1, "length", self._packed.hidden]),
                *(helper.make_tensor_value_info(name, kinds.FLOAT, None) for name in told if name != f"{_SEEN}.oln"),
            ],
            self._constants,
        )
        operators = [helper.make_opsetid("", 20), helper.make_opsetid(_FUSED, 1)]
        model: bytes = helper.make_model(graph, opset_imports=operators, ir_version=9).SerializeToString()
        return model

    def _embedded(self) -> str:
        positions = self._packed.vector("emb.pos").reshape(-1, self._packed.hidden)
        kind = self._packed.vector("emb.type")[: self._packed.hidden]
        self._constant("positions", positions + kind)
        self._node("Shape", ["words"], "shape")
        self._node("Slice", ["shape", "one", "two"], "length")
        self._node("Slice", ["positions", "zero", "length", "zero"], "places")
        self._node("Add", ["words", "places"], "placed")
        return self._normalised("emb.ln", "placed")

    def _layer(self, number: int, tokens: str) -> str:
        """Attention and the two linear steps after it, each added to what went in and normalised."""
        name, hidden, inner = f"l{number}.", self._packed.hidden, self._packed.inner
        looks = np.concatenate([self._packed.matrix(f"{name}{part}.w", hidden) for part in "qkv"])
        bias = np.concatenate([self._packed.vector(f"{name}{part}.b") for part in "qkv"])
        mixed = self._linear(f"{name}qkv", tokens, looks, bias)
        parts = [f"{name}{part}" for part in ("query", "key", "value")]
        self._nodes.append(self._onnx.helper.make_node("Split", [mixed], parts, axis=-1, num_outputs=3))
        heads = self._packed.heads
        seen = self._node("MultiHeadAttention", parts, f"{name}seen", domain=_FUSED, num_heads=heads)
        put = self._step(f"{name}ao", seen, hidden)
        middle = self._normalised(f"{name}aln", self._node("Add", [tokens, put], f"{name}aln.sum"))
        bent = self._node("Gelu", [self._step(f"{name}fi", middle, hidden)], f"{name}bent")
        back = self._step(f"{name}fo", bent, inner, even=number not in _UNEVEN)
        return self._normalised(f"{name}oln", self._node("Add", [middle, back], f"{name}oln.sum"))

    def _normalised(self, name: str, tokens: str) -> str:
        # One operator that also adds is there, and takes six times as long.
        weights = [self._vector(f"{name}.w"), self._vector(f"{name}.b")]
        epsilon = self._packed.epsilon
        return self._node("LayerNormalization", [tokens, *weights], name, axis=-1, epsilon=epsilon)

    def _step(self, name: str, rows: str, width: int, *, even: bool = True) -> str:
        """A linear step of the model by its name; `width`: of the rows that go in."""
        weights, bias = self._packed.matrix(f"{name}.w", width), self._packed.vector(f"{name}.b")
        return self._linear(name, rows, weights, bias, even=even)

    def _linear(self, name: str, rows: str, weights: Vectors, bias: Vectors, *, even: bool = True) -> str:
        """Rows (1, length, inputs) by weights (outputs, inputs), and bias (outputs,) added.

        even: whether the rows are of about one size, so that they can be rounded in the same steps.
        """
        self._constant(f"{name}.b", bias)
        if self._largest is None:
            self._constant(f"{name}.w", weights.T)
            product = self._node("MatMul", [rows, f"{name}.w"], f"{name}.product")
            return self._node("Add", [product, f"{name}.b"], name)
        if rows in self._largest:
            rows, weights = self._smoothed(name, rows, weights, self._largest[rows])
        steps = np.abs(weights).max(axis=1) / 127
        self._constant(f"{name}.w", np.rint(weights / steps[:, None]).astype(np.int8).T)
        self._constant(f"{name}.steps", steps)
        self._constant(f"{name}.zeros", np.zeros(len(steps), dtype=np.int8))
        whole = [f"{name}.w", f"{name}.steps", f"{name}.zeros"]
        if even:
            return self._node("DynamicQuantizeMatMul", [rows, *whole, f"{name}.b"], name, domain=_FUSED)
        sizes = self._sizes(name, rows)
        like = self._node("Div", [rows, sizes], f"{name}.like")
        product = self._node("DynamicQuantizeMatMul", [like, *whole], f"{name}.product", domain=_FUSED)
        sized = self._node("Mul", [product, sizes], f"{name}.sized")
        return self._node("Add", [sized, f"{name}.b"], name)

    def _smoothed(self, name: str, rows: str, weights: Vectors, largest: Vectors) -> tuple[str, Vectors]:
        """Rows and weights of which neither holds columns far larger than the others, with the same product."""
        share = np.sqrt(np.maximum(largest, 1e-3) / np.maximum(np.abs(weights).max(axis=0), 1e-6))
        self._constant(f"{name}.share", 1 / share)
        return self._node("Mul", [rows, f"{name}.share"], f"{name}.smooth"), weights * share

    def _sizes(self, name: str, rows: str) -> str:
        """The largest value of each row that GELU has bent, or what its least may be."""
        largest = self._node("ReduceMax", [rows, "last"], f"{name}.largest", keepdims=1)
        return self._node("Max", [largest, "bend"], f"{name}.sizes")

    def _vector(self, name: str) -> str:
        return self._constant(name, self._packed.vector(name))

    def _constant(self, name: str, values: npt.NDArray[Any]) -> str:
        self._constants.append(self._onnx.numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(self, operator: str, inputs: list[str], output: str, **options: Any) -> str:
        self._nodes.append(self._onnx.helper.make_node(operator, inputs, [output], **options))
        return output
