# pyright: basic
"""Print how the shipped rule's verdicts agree with passages labelled criterion by criterion.

    python -m training.verdicts

The passages are those of `training/passages/` about the questions of the development set: no model
was trained on them and no weight of the rule was fitted to them. Most say little outside one or two
dimensions, so they show what a sound voice earns beyond what it says.
"""

from collections import defaultdict
from pathlib import Path

from interviewer.catalog.questions import read_bank
from interviewer.domain.ruling import Verdict
from interviewer.grading.offline.embedding import Embedding
from interviewer.grading.offline.grader import OfflineGrader
from interviewer.resources import rubrics
from training.data import HELD_OUT, read_passages


def main() -> None:
    """Grade the passages and print a line per style."""
    bank = {str(q.id): q for q in read_bank((rubrics(),))}
    grader = OfflineGrader(Embedding())
    found: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for passage in read_passages(Path(__file__).parent / "passages"):
        if passage.question in HELD_OUT:
            for ruling in grader.judge(bank[passage.question], passage.text).rulings:
                pair = (ruling.criterion_id in passage.met, ruling.verdict is Verdict.MET)
                found[passage.style].append(pair)
                found["all"].append(pair)
    print("| style | met criteria | found | unmet criteria | credited |\n|---|---|---|---|---|")
    for style, pairs in sorted(found.items()):
        met = [said for true, said in pairs if true]
        unmet = [said for true, said in pairs if not true]
        share = f"{sum(met) / len(met):.0%}" if met else "–"
        print(f"| {style} | {len(met)} | {share} | {len(unmet)} | {sum(unmet) / len(unmet):.0%} |")


if __name__ == "__main__":
    main()
