"""Hears a model on some claims about one answer: once, and once more on what was not settled."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from interviewer.domain.grading import Usage
from interviewer.domain.ruling import Flag, MisconceptionRuling, Ruling
from interviewer.errors import ModelTrouble, Trouble
from interviewer.grading.llm.calling import Caller
from interviewer.grading.llm.chat_model import Ending, Listen, Reply
from interviewer.grading.llm.claims import Claim, Claims, Group
from interviewer.grading.llm.deadline import Deadline
from interviewer.grading.llm.gate import Gate
from interviewer.grading.llm.judging import (
    Fault,
    Finding,
    Problem,
    concede,
    doubt,
    judge,
    remark,
)
from interviewer.grading.llm.prompting import Prompting
from interviewer.grading.llm.sheet import Sheet

_ENDINGS = {
    Ending.REFUSED: ("The model declined to rule on this answer; grade again.", ""),
    Ending.FILTERED: (
        "The server's content filter stopped the reply; reword the passage that may have set it "
        "off, or grade offline.",
        "",
    ),
    Ending.LENGTH: (
        "The model's reply was cut off at its length limit; grade again.",
        "it was too long; keep every reasoning short.",
    ),
    Ending.BROKEN: (
        "The connection to the model's server was lost in the middle; grade again.",
        "the connection was lost.",
    ),
    Ending.FINISHED: (
        "The model's reply could not be read, even when asked again; grade again or choose "
        "another model.",
        "it was not the JSON that was asked for.",
    ),
}
_ASKED_AGAIN = {Trouble.UNREADABLE, Trouble.REFUSED, Trouble.TRUNCATED}


@dataclass(frozen=True, slots=True)
class Findings:
    """What stands so far about some claims."""

    settled: dict[str, Finding] = field(default_factory=dict[str, Finding])
    open: dict[str, Problem] = field(default_factory=dict[str, Problem])
    flags: tuple[Flag, ...] = ()
    usage: Usage = field(default_factory=Usage)

    def joined(self, later: "Findings") -> "Findings":
        """Return both, where the later ones are about claims that were still open."""
        still_open = {
            id_: _worse(self.open.get(id_), problem) for id_, problem in later.open.items()
        }
        return Findings(
            self.settled | later.settled,
            {id_: p for id_, p in (self.open | still_open).items() if id_ not in later.settled},
            self.flags + later.flags,
            self.usage + later.usage,
        )

    def rulings(
        self, claims: Iterable[Claim]
    ) -> tuple[tuple[Ruling, ...], tuple[MisconceptionRuling, ...]]:
        """Return a ruling on every claim; what is open is conceded."""
        rulings = [
            self.settled[claim.id].ruling
            if claim.id in self.settled
            else concede(claim, self.open[claim.id])
            for claim in claims
        ]
        return (
            tuple(r for r in rulings if isinstance(r, Ruling)),
            tuple(r for r in rulings if isinstance(r, MisconceptionRuling)),
        )


def _worse(before: Problem | None, after: Problem) -> Problem:
    """Return the problem that counts: two replies without evidence are more than a missing one."""
    if before and before.fault is Fault.UNSUPPORTED and after.fault is not Fault.NO_REPLY:
        return before
    return after


Heard = Callable[[Group, Findings], None]
"""Takes a dimension whose claims are all settled, while a reply is still arriving."""


class Hearing:
    """Asks about one answer; all its calls end by one deadline."""

    def __init__(
        self,
        caller: Caller,
        prompting: Prompting,
        sheet: Sheet,
        deadline: Deadline,
        gate: Gate | None = None,
    ) -> None:
        self._caller = caller
        self._prompting = prompting
        self._sheet = sheet
        self._deadline = deadline
        self._gate = gate or Gate(is_open=True)

    async def hear(
        self, claims: Claims, *, votes: int = 1, appeal: str = "", heard: Heard | None = None
    ) -> Findings:
        """Return findings on all claims, after at most one more call on what was not settled.

        With votes above 1, criteria that the model was not sure about are asked again.
        """
        listen = self._listener(claims, heard) if heard else None
        findings = await self._ask(claims, appeal=appeal, listen=listen)
        again = {id_: p for id_, p in findings.open.items() if p.trouble}
        if again:
            trouble = " ".join(dict.fromkeys(p.trouble for p in again.values()))
            second = await self._ask(claims.only(again), appeal=appeal, trouble=trouble)
            findings = findings.joined(second)
        findings = await self._vote(claims, findings, votes)
        remarks = [remark(c, findings.open[c.id]) for c in claims if c.id in findings.open]
        return replace(findings, flags=findings.flags + tuple(r for r in remarks if r))

    async def hear_singly(self, claims: Claims, *, votes: int = 1) -> Findings:
        """Return findings on all claims, each asked about in a call of its own."""
        heard: dict[str, Findings] = {}

        async def hear_one(one: Claims) -> None:
            heard[next(iter(one)).id] = await self.hear(one, votes=votes)

        async with asyncio.TaskGroup() as tasks:
            for one in claims.singly():
                tasks.create_task(hear_one(one))
        findings = Findings()
        for claim in claims:
            findings = findings.joined(heard[claim.id])
        return findings

    async def _ask(
        self,
        claims: Claims,
        *,
        appeal: str = "",
        trouble: str = "",
        listen: Listen | None = None,
        steady: bool = True,
    ) -> Findings:
        request = self._prompting.request(
            self._sheet, claims, trouble=trouble, appeal=appeal, steady=steady
        )
        try:
            async with self._gate.passing():
                reply, usage = await self._caller.ask(request, self._deadline, listen)
        except ModelTrouble as caught:
            again = "it could not be read." if caught.kind in _ASKED_AGAIN else ""
            problem = Problem(Fault.NO_REPLY, str(caught), again)
            return Findings(open={claim.id: problem for claim in claims})
        return replace(self._judge(claims, reply), usage=usage)

    def _judge(self, claims: Claims, reply: Reply) -> Findings:
        if reply.ending in {Ending.REFUSED, Ending.FILTERED}:
            return self._unusable(claims, reply.ending)
        reading = self._prompting.read(reply.text)
        if not reading.said and not reading.twice:
            return self._unusable(claims, reply.ending)
        judged = {claim.id: judge(claim, reading, self._sheet) for claim in claims}
        return Findings(
            {id_: each for id_, each in judged.items() if isinstance(each, Finding)},
            {id_: each for id_, each in judged.items() if isinstance(each, Problem)},
        )

    def _unusable(self, claims: Claims, ending: Ending) -> Findings:
        reason, trouble = _ENDINGS[ending]
        # A refusal may be a whim and deserves one more try; a content filter will say the same.
        again = trouble or ("" if ending is Ending.FILTERED else "it held no rulings.")
        problem = Problem(Fault.UNUSABLE, reason, again)
        return Findings(open={claim.id: problem for claim in claims})

    def _listener(self, claims: Claims, heard: Heard) -> Listen:
        waiting = list(claims.groups)
        objects = 0

        def listen(text: str) -> None:
            nonlocal objects
            if text.count("}") == objects:
                return
            objects = text.count("}")
            reading = self._prompting.read(text)
            for group in list(waiting):
                judged = {str(c.id): judge(c, reading, self._sheet) for c in group.claims}
                findings = {i: each for i, each in judged.items() if isinstance(each, Finding)}
                if len(findings) == len(judged) and not any(f.doubtful for f in findings.values()):
                    waiting.remove(group)
                    heard(group, Findings(findings))

        return listen

    async def _vote(self, claims: Claims, findings: Findings, votes: int) -> Findings:
        doubtful = {id_ for id_, each in findings.settled.items() if each.doubtful}
        if not doubtful:
            return findings
        asked = claims.only(doubtful)
        more: list[Findings] = []

        async def ask_once() -> None:
            more.append(await self._ask(asked, steady=False))

        async with asyncio.TaskGroup() as tasks:
            for _ in range(votes - 1):
                tasks.create_task(ask_once())
        settled, flags = dict(findings.settled), list(findings.flags)
        for claim in asked:
            ballots = [
                settled[claim.id],
                *(m.settled[claim.id] for m in more if claim.id in m.settled),
            ]
            settled[claim.id], share = _majority(ballots)
            if share < 1 or len(ballots) == 1:
                flags.append(doubt(claim, _spread(share, len(ballots))))
        usage = sum((m.usage for m in more), start=findings.usage)
        return replace(findings, settled=settled, flags=tuple(flags), usage=usage)


def _majority(ballots: list[Finding]) -> tuple[Finding, float]:
    """Return the finding of the majority, the first one on a tie, and its share of the votes."""
    counts = Counter(ballot.ruling.verdict for ballot in ballots)
    verdict, most = max(counts.items(), key=lambda item: item[1])
    return next(b for b in ballots if b.ruling.verdict == verdict), most / len(ballots)


def _spread(share: float, votes: int) -> str:
    return f" ({round(share * votes)} of {votes} votes)" if votes > 1 else ""
