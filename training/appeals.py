# pyright: basic
"""Turn exported appeals into labelled rulings, in the shape of `training/rulings/part-*.jsonl`.

    interviewer export --format labels --out labels.jsonl
    python -m training.appeals labels.jsonl --out training/rulings/part-appeals.jsonl

Only appeals that were granted are rulings: candidate and grader agree on them. The others wait for
somebody to decide.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from interviewer.service.labels import AppealRow


def rulings(written: str) -> Iterator[dict[str, str]]:
    """Yield a ruling for each granted appeal: the statement, the marked words, `met`."""
    for row in map(AppealRow.model_validate_json, written.splitlines()):
        for appeal in row.appeals:
            if appeal.after == "met":
                yield {
                    "question_id": row.question_id,
                    "criterion_id": appeal.criterion_id,
                    "criterion": appeal.statement,
                    "window": appeal.window,
                    "label": "met",
                    "kind": "appeal",
                }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("labels", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    lines = [json.dumps(each) for each in rulings(options.labels.read_text(encoding="utf-8"))]
    options.out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{len(lines)} rulings")


if __name__ == "__main__":
    main()
