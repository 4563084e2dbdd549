# pyright: basic, reportMissingImports=false
"""MiniLM in plain torch: a vector per text, and a head of three logits for the reader."""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn.functional import gelu, scaled_dot_product_attention

MET, UNSUPPORTED, CONTRADICTED = 0, 1, 2


class Layer(nn.Module):
    def __init__(self, width: int, inner: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.mixed = nn.Linear(width, width)
        self.mixed_norm = nn.LayerNorm(width, eps=1e-12)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.outer_norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        batch, length, width = x.shape

        def split(t: torch.Tensor) -> torch.Tensor:
            return t.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

        attended = scaled_dot_product_attention(
            split(self.query(x)), split(self.key(x)), split(self.value(x)), attn_mask=bias
        )
        attended = attended.transpose(1, 2).reshape(batch, length, width)
        x = self.mixed_norm(x + self.dropout(self.mixed(attended)))
        return self.outer_norm(x + self.dropout(self.outer(gelu(self.inner(x)))))


class Encoder(nn.Module):
    def __init__(self, config: dict[str, int]) -> None:
        super().__init__()
        width = config["hidden_size"]
        self.words = nn.Embedding(config["vocab_size"], width)
        self.places = nn.Embedding(config["max_position_embeddings"], width)
        self.kinds = nn.Embedding(config["type_vocab_size"], width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(0.1)
        self.layers = nn.ModuleList(
            Layer(width, config["intermediate_size"], config["num_attention_heads"])
            for _ in range(config["num_hidden_layers"])
        )
        self.head = nn.Linear(width, 3)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return three logits per text."""
        return self.head(self.pooled(input_ids, attention_mask))

    def pooled(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return the mean of the last layer over each text's tokens."""
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        x = (
            self.words(input_ids)
            + self.places(places)[None]
            + self.kinds(torch.zeros_like(input_ids))
        )
        x = self.dropout(self.norm(x))
        mask = attention_mask.to(x.dtype)
        bias = (1.0 - mask)[:, None, None, :] * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        return (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)


def load_base(folder: Path) -> Encoder:
    """Return the encoder with the base model's weights and an untrained head."""
    config = json.loads((folder / "config.json").read_text())
    encoder = Encoder(config)
    weights = load_file(folder / "model.safetensors")
    names = {
        "attention.self.query": "query",
        "attention.self.key": "key",
        "attention.self.value": "value",
        "attention.output.dense": "mixed",
        "attention.output.LayerNorm": "mixed_norm",
        "intermediate.dense": "inner",
        "output.dense": "outer",
        "output.LayerNorm": "outer_norm",
    }
    mapped = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "places.weight": weights["embeddings.position_embeddings.weight"],
        "kinds.weight": weights["embeddings.token_type_embeddings.weight"],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    for number in range(config["num_hidden_layers"]):
        for theirs, ours in names.items():
            for part in ("weight", "bias"):
                source = f"encoder.layer.{number}.{theirs}.{part}"
                mapped[f"layers.{number}.{ours}.{part}"] = weights[source]
    missing, unexpected = encoder.load_state_dict(mapped, strict=False)
    assert not unexpected, unexpected
    assert set(missing) == {"head.weight", "head.bias"}, missing
    nn.init.normal_(encoder.head.weight, std=0.02)
    nn.init.zeros_(encoder.head.bias)
    return encoder
