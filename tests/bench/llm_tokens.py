"""Counts the tokens of one grading in each call shape: `python -m tests.bench.llm_tokens`.

"Least" is the smallest prompt that carries question, reference, rubric text, examples and the
numbered answer, with nothing said about what to do; the rest is ours: instructions and schema.
A bare call of the openai SDK would send the least and whatever instructions it has.

"quotes" is the same work with evidence word for word (INTERVIEWER_EVIDENCE=quotes). Which of the
two a model does better is not measured here: that needs a model, `interviewer evaluate` and labels.
"Warmed" is the input that a provider may take from its cache when the first call goes alone
(INTERVIEWER_WARM_CACHE): the shared prefix of all calls but the first.
"""

import json
from dataclasses import dataclass

from interviewer.catalog.prompts import Prompts
from interviewer.domain.grading import CallShape, Citation
from interviewer.domain.question import Question
from interviewer.grading.llm.chat_model import Request
from interviewer.grading.llm.claims import Claims
from interviewer.grading.llm.fence import FenceTokens
from interviewer.grading.llm.prompting import Prompting
from interviewer.grading.llm.sheet import Sheet
from interviewer.grading.segments import split
from interviewer.grading.tokens import Tokens
from interviewer.resources import prompts
from tests.bench.workload import ANSWER, BARE, FULL
from tests.model_server import Seen, ruling, rulings

TOKENS = Tokens()
WORDS, REASON = "paged KV cache", "names the paged cache and says what it avoids, concretely"


@dataclass(frozen=True)
class Sizes:
    """Tokens of all calls for one answer together."""

    calls: int
    input: int
    output: int
    least: int
    shared: float
    """Share of the input that is a prefix common to all calls."""

    @property
    def beyond_content(self) -> int:
        return self.input - self.least

    @property
    def warmed(self) -> float:
        """Return the share of the input that one earlier call puts into a provider's cache."""
        return self.shared * (self.calls - 1) / self.calls


def measure(question: Question, calls: CallShape, citation: Citation = Citation.NUMBERS) -> Sizes:
    """Return the sizes of one grading."""
    fences = FenceTokens(b"a key for tests")
    prompting = Prompting(Prompts(prompts()), calls, fences, citation)
    sheet = Sheet(question, ANSWER)
    asked = _asked(question, calls)
    requests = [prompting.request(sheet, claims, steady=True) for claims in asked]
    sizes = [_input(request) for request in requests]
    prefix = TOKENS.count(_shared([_text(request) for request in requests]))
    return Sizes(
        calls=len(requests),
        input=sum(sizes),
        output=sum(
            TOKENS.count(_reply(request) if citation is Citation.NUMBERS else _quotes(claims))
            for request, claims in zip(requests, asked, strict=True)
        ),
        least=sum(TOKENS.count(_least(sheet, claims)) for claims in asked),
        shared=prefix * len(requests) / sum(sizes),
    )


def _asked(question: Question, calls: CallShape) -> list[Claims]:
    everything = Claims.of(question, {d.id for d in question.dimensions})
    if calls is CallShape.ANSWER:
        return [everything]
    if calls is CallShape.CRITERION:
        return list(everything.singly())
    return [Claims.of(question, {d.id}) for d in question.dimensions]


def _least(sheet: Sheet, claims: Claims) -> str:
    lines = [sheet.question.prompt, sheet.question.reference_answer, sheet.lines]
    for group in claims.groups:
        lines.append(f"{group.dimension.id}: {group.dimension.title}")
        for criterion in group.criteria:
            lines.append(f"{criterion.id}: {criterion.statement}")
            lines += [criterion.met_example, criterion.near_miss]
    return "\n".join(line for line in lines if line != "-")


def _text(request: Request) -> str:
    schema = json.dumps(request.shape.schema, separators=(",", ":")) if request.shape else ""
    return "\n".join((schema, *(message.text for message in request.messages)))


def _input(request: Request) -> int:
    return TOKENS.count(_text(request))


def _shared(texts: list[str]) -> str:
    first, last = min(texts), max(texts)
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), None)
    return first[:same]


def _reply(request: Request) -> str:
    """Return a reply as a model writes it: every criterion met by one or two sentences."""
    messages = [{"role": m.role, "content": m.text} for m in request.messages]
    seen = Seen("/v1/chat/completions", {"messages": messages}, {})
    return rulings(seen, lambda id_: ruling("met", [2, 5][: 1 + len(id_) % 2], WORDS, REASON))


def _quotes(claims: Claims) -> str:
    """Return the same rulings with the sentences word for word instead of their numbers."""
    sentences = [segment.text for segment in split(ANSWER)]
    rulings = [
        {
            "id": claim.id,
            "quotes": [sentences[n - 1] for n in [2, 5][: 1 + len(claim.id) % 2]],
            "reasoning": REASON,
            "verdict": "met",
        }
        for claim in claims
    ]
    return json.dumps({"rulings": rulings}, separators=(",", ":"), ensure_ascii=False)


def main() -> None:
    columns = ("calls", "in", "least", "ours", "out", "shared", "warmed")
    print(f"{'':25}" + "".join(f"{column:>8}" for column in columns))
    for name, question in (("bare", BARE), ("full", FULL)):
        for citation in Citation:
            for calls in CallShape:
                found = measure(question, calls, citation)
                print(
                    f"{name} {citation.value:8}{calls.value:12}{found.calls:>8}{found.input:>8}"
                    f"{found.least:>8}{found.beyond_content:>8}{found.output:>8}"
                    f"{found.shared:>8.0%}{found.warmed:>8.0%}"
                )


if __name__ == "__main__":
    main()
