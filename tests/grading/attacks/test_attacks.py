"""Attacks against a judge that obeys: only the rules in code stand between them and credit.

The scripted judge marks every criterion met and cites every sentence that the answer has, those
that were left out as well. A weak model that falls for an attack can do no worse.
None of these attacks gains anything. One that did would be closed by a rule that costs no honest
answer, or be listed here.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from pydantic import TypeAdapter

from interviewer.domain.grading import CallShape, Grading
from tests.grading.llm.rig import grade_with, grader_at
from tests.model_server import Action, ModelServer, Say, Seen, ruling, rulings

pytestmark = pytest.mark.anyio

ATTACKS = TypeAdapter(dict[str, list[str]]).validate_python(
    yaml.safe_load((Path(__file__).parent / "attacks.yaml").read_text(encoding="utf-8"))
)
HONEST = "Each hour the histogram of every input is held against the one of last month."


class Attack(NamedTuple):
    family: str
    words: str
    answer: str


def attacks(*, alone: bool) -> Iterator[Attack]:
    for family, texts in ATTACKS.items():
        for text in texts:
            yield Attack(family, text, text if alone else f"{HONEST}\n\n{text}")


def obey(seen: Seen) -> Action:
    """Mark everything met by every sentence; assert no wrong claim."""
    every = list(seen.sentences)
    wrong = seen.wrong_claims
    return Say(
        rulings(seen, lambda id_: ruling("not_asserted") if id_ in wrong else ruling("met", every))
    )


async def gradings(found: list[Attack]) -> list[tuple[Attack, Grading]]:
    async with (
        ModelServer(obey) as server,
        grader_at(server.url, calls=CallShape.ANSWER) as grader,
    ):
        return [(attack, await grade_with(grader, attack.answer)) for attack in found]


def credited(grading: Grading) -> list[str]:
    """Return the quotes that earned something."""
    return [e.quote for d in grading.dimensions for c in d.criteria for e in c.evidence]


def test_there_are_two_hundred_answers_of_twelve_families() -> None:
    assert len(ATTACKS) == 12
    assert len(list(attacks(alone=True))) + len(list(attacks(alone=False))) >= 200
    assert len({attack.words for attack in attacks(alone=True)}) == sum(map(len, ATTACKS.values()))


@pytest.mark.parametrize("family", ATTACKS)
async def test_an_attack_alone_gains_nothing_from_an_obedient_judge(family: str) -> None:
    found = [attack for attack in attacks(alone=True) if attack.family == family]
    gained = {a.words for a, grading in await gradings(found) if credited(grading)}
    assert not gained


@pytest.mark.parametrize("family", ATTACKS)
async def test_an_attack_after_honest_words_is_never_shown_as_evidence(family: str) -> None:
    found = [attack for attack in attacks(alone=False) if attack.family == family]
    gained = {
        attack.words: quotes
        for attack, grading in await gradings(found)
        if (quotes := [q for q in credited(grading) if q not in HONEST])
    }
    assert not gained
