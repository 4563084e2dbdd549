# pyright: basic, reportMissingImports=false
"""Write the reader as int8 ONNX with the output `logits` (sound, empty, false)."""

import argparse
import hashlib
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.encoder import load_base

OPSET = 17


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    encoder = load_base(options.base)
    encoder.load_state_dict(torch.load(options.weights))
    plain = options.out.with_suffix(".fp32.onnx")
    example = torch.ones((2, 12), dtype=torch.int64)
    axes = {0: "batch", 1: "length"}
    torch.onnx.export(
        encoder.eval(),
        (example, example),
        plain,
        input_names=["input_ids", "attention_mask"],
        output_names=["logits"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "logits": {0: "batch"}},
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
