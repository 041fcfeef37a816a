"""The bundled model in ONNX Runtime: there in a second, and for a query twice as quick as in torch.

The network of BERT (Devlin and others, 2019) is put together from ONNX Runtime's own operators for it, once, into a
file of 85 MB. The words' vectors are no part of it: those of a text's tokens are unpacked from the installed package.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidGraph, InvalidProtobuf

from index.bundled import WEIGHTS, PackedWeights, made_once, open_tokenizer

Vectors = npt.NDArray[np.float32]

_FUSED = "com.microsoft"
"""Where ONNX Runtime keeps operators that are several of ONNX in one."""


class OnnxModel:
    """Texts to vectors of length 1. Safe to use from several threads.

    `threads`: that one call may use; None for as many as processors are there for this process.
    """

    def __init__(self, cache: Path, *, threads: int | None = None) -> None:
        self._packed = PackedWeights(WEIGHTS.locate())
        self._tokenizer = open_tokenizer()
        self._options = onnxruntime.SessionOptions()
        self._options.intra_op_num_threads = threads or _processors()
        # Waiting threads would otherwise turn in circles and take the processor from others.
        self._options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._options.log_severity_level = 4
        file = cache / f"multilingual-e5-small-{WEIGHTS.sha256[:16]}.onnx"
        self._session = self._opened(made_once(file, self._opens, self._write))
        self.dimension = self._packed.hidden

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts with what goes in front of them, as (n, dimension)."""
        found = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        lengths = np.array([len(ids) for ids in found], dtype=np.int32)
        tokens = np.zeros((len(found), int(lengths.max())), dtype=np.int64)
        for row, ids in zip(tokens, found, strict=True):
            row[: len(ids)] = ids
        inputs = {"words": self._packed.word_vectors(tokens), "lengths": lengths}
        (vectors,) = self._session.run(None, inputs)
        return np.asarray(vectors, dtype=np.float32)

    def _opened(self, file: Path) -> onnxruntime.InferenceSession:
        return onnxruntime.InferenceSession(file, self._options, providers=["CPUExecutionProvider"])

    def _opens(self, file: Path) -> bool:
        if not file.is_file():
            return False
        try:
            self._opened(file)
        except (Fail, InvalidGraph, InvalidProtobuf):
            return False
        return True

    def _write(self, file: Path) -> None:
        _Network(self._packed).write(file)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Network:
    """The graph of the model: "words" (n, length, hidden) and "lengths" (n,) int32 to "vectors" (n, hidden)."""

    def __init__(self, packed: PackedWeights) -> None:
        # The package takes half a second to load, and is wanted once.
        import onnx

        self._packed = packed
        self._onnx: Any = onnx
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def write(self, file: Path) -> None:
        helper, kinds = self._onnx.helper, self._onnx.TensorProto
        tokens = self._embedded()
        for layer in range(self._packed.layers):
            tokens = self._layer(f"l{layer}.", tokens)
        self._pooled(tokens)
        graph = helper.make_graph(
            self._nodes,
            "multilingual-e5-small",
            [
                helper.make_tensor_value_info("words", kinds.FLOAT, ["texts", "length", self._packed.hidden]),
                helper.make_tensor_value_info("lengths", kinds.INT32, ["texts"]),
            ],
            [helper.make_tensor_value_info("vectors", kinds.FLOAT, ["texts", self._packed.hidden])],
            self._constants,
        )
        operators = [helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)]
        self._onnx.save(helper.make_model(graph, opset_imports=operators, ir_version=9), file)

    def _embedded(self) -> str:
        positions = self._packed.vector("emb.pos").reshape(-1, self._packed.hidden)
        kind = self._packed.vector("emb.type")[: self._packed.hidden]
        self._constant("positions", positions + kind)
        for name, number in (("zero", 0), ("one", 1), ("two", 2)):
            self._constant(name, np.array([number], dtype=np.int64))
        self._node("Shape", ["words"], "shape")
        self._node("Slice", ["shape", "one", "two"], "length")
        self._node("Slice", ["positions", "zero", "length", "zero"], "places")
        self._node("Add", ["words", "places"], "placed")
        norm = [self._vector("emb.ln.w"), self._vector("emb.ln.b")]
        return self._node("LayerNormalization", ["placed", *norm], "tokens", axis=-1, epsilon=self._packed.epsilon)

    def _layer(self, name: str, tokens: str) -> str:
        """Attention and the two linear steps after it, each added to what went in and normalised."""
        hidden, inner = self._packed.hidden, self._packed.inner
        looks = np.concatenate([self._packed.matrix(f"{name}{part}.w", hidden) for part in "qkv"])
        bias = np.concatenate([self._packed.vector(f"{name}{part}.b") for part in "qkv"])
        self._constant(f"{name}qkv.b", bias)
        mixed = self._node("Add", [self._product(f"{name}qkv", tokens, looks), f"{name}qkv.b"], f"{name}qkv.sum")
        parts = [f"{name}{part}" for part in ("query", "key", "value")]
        self._nodes.append(self._onnx.helper.make_node("Split", [mixed], parts, axis=-1))
        seen = self._node(
            "MultiHeadAttention",
            [*parts, "", "lengths"],
            f"{name}seen",
            domain=_FUSED,
            num_heads=self._packed.heads,
        )
        put = self._product(f"{name}ao", seen, self._packed.matrix(f"{name}ao.w", hidden))
        middle = self._normalised(name, "aln", "ao", tokens, put)
        wide = self._product(f"{name}fi", middle, self._packed.matrix(f"{name}fi.w", hidden))
        bent = self._node("BiasGelu", [wide, self._vector(f"{name}fi.b")], f"{name}bent", domain=_FUSED)
        back = self._product(f"{name}fo", bent, self._packed.matrix(f"{name}fo.w", inner))
        return self._normalised(name, "oln", "fo", middle, back)

    def _normalised(self, name: str, norm: str, linear: str, before: str, step: str) -> str:
        weights = [self._vector(f"{name}{part}") for part in (f"{norm}.w", f"{norm}.b", f"{linear}.b")]
        return self._node(
            "SkipLayerNormalization",
            [before, step, *weights],
            f"{name}{norm}",
            domain=_FUSED,
            epsilon=self._packed.epsilon,
        )

    def _pooled(self, tokens: str) -> None:
        """The mean of a text's tokens, the padding left out. A sum does for it, as the length becomes 1."""
        for name, number in (("first", 0), ("step", 1)):
            self._constant(name, np.array(number, dtype=np.int64))
        self._node("Squeeze", ["length"], "last")
        self._node("Range", ["first", "last", "step"], "numbers")
        self._node("Cast", ["lengths"], "whole", to=self._onnx.TensorProto.INT64)
        self._node("Unsqueeze", ["whole", "one"], "column")
        self._node("Less", ["numbers", "column"], "real")
        self._node("Cast", ["real"], "shares", to=self._onnx.TensorProto.FLOAT)
        self._node("Unsqueeze", ["shares", "one"], "mask")
        self._node("MatMul", ["mask", tokens], "summed")
        self._node("Squeeze", ["summed", "one"], "sums")
        self._node("LpNormalization", ["sums"], "vectors", axis=-1, p=2)

    def _product(self, name: str, rows: str, weights: Vectors) -> str:
        self._constant(f"{name}.w", weights.T)
        return self._node("MatMul", [rows, f"{name}.w"], f"{name}.product")

    def _vector(self, name: str) -> str:
        return self._constant(name, self._packed.vector(name))

    def _constant(self, name: str, values: npt.NDArray[Any]) -> str:
        self._constants.append(self._onnx.numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(self, operator: str, inputs: list[str], output: str, **options: Any) -> str:
        self._nodes.append(self._onnx.helper.make_node(operator, inputs, [output], **options))
        return output
