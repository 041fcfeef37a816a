"""The bundled model as anybody would run it, in sentence-transformers and torch's float32: what the product's own way
of running it is measured against, in speed and in what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from index.bundled import MAX_TOKENS, WEIGHTS, PackedWeights, open_tokenizer

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


def sentence_transformer() -> SentenceTransformer:
    """The bundled model in float32: mean pooling over the tokens, vectors of length 1.

    Raises UnknownModel when a package is missing or carries other files.
    """
    packed = PackedWeights(WEIGHTS.locate())
    with torch.device("meta"):
        bert = BertModel(_config(packed), add_pooling_layer=False)
    state = {name: torch.from_numpy(weights.copy()) for name, weights in _state(packed).items()}
    bert.load_state_dict(state, strict=False, assign=True)
    # The numbers of the positions are no weights, so nothing in the file takes them off the meta device.
    bert.embeddings.register_buffer("position_ids", torch.arange(packed.positions)[None], persistent=False)
    bert.embeddings.register_buffer(
        "token_type_ids", torch.zeros((1, packed.positions), dtype=torch.long), persistent=False
    )
    transformer = LocalTransformer(bert.eval(), open_tokenizer())
    return SentenceTransformer(
        modules=[transformer, Pooling(packed.hidden, pooling_mode="mean"), Normalize()], device="cpu"
    )


def _state(packed: PackedWeights) -> dict[str, npt.NDArray[np.float32]]:
    """The weights by the names that a transformers BertModel has for them."""
    state = {
        ours: packed.matrix(theirs, packed.hidden)
        if theirs == "emb.word"
        else packed.vector(theirs).reshape(-1, packed.hidden)
        if theirs == "emb.pos"
        else packed.vector(theirs)
        for theirs, ours in _EMBEDDINGS.items()
    }
    # The engine knows one token type only, the one that every token of a single text has.
    kinds = np.zeros((packed.types, packed.hidden), dtype=np.float32)
    kinds[0] = packed.vector("emb.type")[: packed.hidden]
    state["embeddings.token_type_embeddings.weight"] = kinds
    for layer in range(packed.layers):
        for theirs, ours in _LAYER.items():
            weight = f"l{layer}.{theirs}.w"
            columns = packed.inner if theirs == "fo" else packed.hidden
            state[f"encoder.layer.{layer}.{ours}.weight"] = (
                packed.vector(weight) if theirs.endswith("ln") else packed.matrix(weight, columns)
            )
            state[f"encoder.layer.{layer}.{ours}.bias"] = packed.vector(f"l{layer}.{theirs}.b")
    return state


def _config(packed: PackedWeights) -> BertConfig:
    """The shape of the BertModel that the weights belong to."""
    return BertConfig(
        vocab_size=packed.words,
        hidden_size=packed.hidden,
        num_hidden_layers=packed.layers,
        num_attention_heads=packed.heads,
        intermediate_size=packed.inner,
        max_position_embeddings=packed.positions,
        type_vocab_size=packed.types,
        layer_norm_eps=packed.epsilon,
        hidden_act="gelu",
    )
