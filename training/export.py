# pyright: basic, reportMissingImports=false
"""Write trained weights as int8 ONNX.

The matcher has the output `embedding`, unit vectors of 384 numbers; the reader has `logits` (sound,
empty, false).
"""

import argparse
import hashlib
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from torch.nn.functional import normalize

from training.encoder import Encoder, load_base

OPSET = 17


class Vectors(nn.Module):
    """The encoder without its head."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return a unit vector per text."""
        return normalize(self.encoder.pooled(input_ids, attention_mask), dim=-1)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("model", choices=("matcher", "reader"))
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    encoder = load_base(options.base)
    encoder.load_state_dict(torch.load(options.weights))
    matcher = options.model == "matcher"
    output = "embedding" if matcher else "logits"
    plain = options.out.with_suffix(".fp32.onnx")
    example = torch.ones((2, 12), dtype=torch.int64)
    axes = {0: "batch", 1: "length"}
    torch.onnx.export(
        (Vectors(encoder) if matcher else encoder).eval(),
        (example, example),
        plain,
        input_names=["input_ids", "attention_mask"],
        output_names=[output],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, output: {0: "batch"}},
        opset_version=OPSET,
        dynamo=False,
    )
    onnx.checker.check_model(str(plain))
    quantize_dynamic(plain, options.out, per_channel=True, weight_type=QuantType.QInt8)
    plain.unlink()
    digest = hashlib.sha256(options.out.read_bytes()).hexdigest()
    print(options.out, options.out.stat().st_size, digest)


if __name__ == "__main__":
    main()
