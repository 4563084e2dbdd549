"""Measures what the LLM grader adds to the calls themselves: `python -m tests.bench.llm_speed`.

The model is a server in a process of its own that costs next to nothing (`model_process`). The
baseline makes the same calls with the bare openai SDK in the same run: same messages, same schema,
same number in flight, and the JSON read. The ideal is the server's delay alone: answers x delay /
number in flight. Either client is one Python process, so one core at most: where that is what
limits it, the seconds of CPU beside it say so, and the figure that tells of our own work is the
ratio to the bare calls.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

from openai import AsyncOpenAI
from openai.types.chat import ChatCompletionMessageParam
from openai.types.shared_params import ResponseFormatJSONSchema

from interviewer.catalog.prompts import Prompts
from interviewer.domain.grading import CallShape, Status
from interviewer.grading.grader import PartRulings
from interviewer.grading.llm.chat_model import Request
from interviewer.grading.llm.claims import Claims
from interviewer.grading.llm.fence import FenceTokens
from interviewer.grading.llm.prompting import Prompting
from interviewer.grading.llm.sheet import Sheet
from interviewer.resources import prompts
from tests.bench.workload import ANSWER, FULL
from tests.grading.llm.rig import grade_with, grader_at

ROUNDS = 20
ANSWERS, IN_FLIGHT, DELAY = 200, 32, 0.5


@asynccontextmanager
async def server(delay: float = 0.0, a_token: float = 0.0) -> AsyncGenerator[str]:
    """Yield the address of a scripted server in its own process."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.model_process", str(delay), str(a_token)),
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.terminate()
        await process.wait()


def requests(calls: CallShape, answer: str = ANSWER) -> list[Request]:
    """Return the requests that one grading makes."""
    prompting = Prompting(Prompts(prompts()), calls, FenceTokens(b"a key for tests"))
    sheet = Sheet(FULL, answer)
    everything = {d.id for d in FULL.dimensions}
    asked = [everything] if calls is CallShape.ANSWER else [{id_} for id_ in everything]
    return [prompting.request(sheet, Claims.of(FULL, ids), steady=True) for ids in asked]


async def bare_call(client: AsyncOpenAI, request: Request, *, stream: bool) -> None:
    """Make the call as somebody without a grader would, and read the JSON."""
    assert request.shape is not None
    messages: list[ChatCompletionMessageParam] = [
        {"role": "user", "content": message.text} for message in request.messages
    ]
    response_format: ResponseFormatJSONSchema = {
        "type": "json_schema",
        "json_schema": {
            "name": request.shape.name,
            "schema": dict(request.shape.schema),
            "strict": True,
        },
    }
    if not stream:
        reply = await client.chat.completions.create(
            model="fake", messages=messages, response_format=response_format, temperature=0
        )
        json.loads(reply.choices[0].message.content or "")
        return
    text = ""
    async for chunk in await client.chat.completions.create(
        model="fake",
        messages=messages,
        response_format=response_format,
        temperature=0,
        stream=True,
    ):
        text += (chunk.choices[0].delta.content or "") if chunk.choices else ""
    json.loads(text)


async def seconds(work: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    """Return how long the work took, and how much CPU of this process."""
    start, cpu = time.perf_counter(), time.process_time()
    await work()
    return time.perf_counter() - start, time.process_time() - cpu


async def overhead(calls: CallShape) -> None:
    """Print the time of a grading at no server latency beside that of its bare calls."""
    made = requests(calls)
    async with server() as url, grader_at(url, calls=calls, seconds=120) as grader:
        client = AsyncOpenAI(base_url=url, api_key="none", max_retries=0, timeout=120)

        async def bare() -> None:
            stream = calls is CallShape.ANSWER
            await asyncio.gather(*(bare_call(client, each, stream=stream) for each in made))

        pairs: list[tuple[float, float]] = []
        for number in range(ROUNDS + 3):
            answer = f"{ANSWER} This is round {number}."

            async def ours(answer: str = answer) -> None:
                assert (await grade_with(grader, answer, FULL)).status is Status.GRADED

            pairs.append(((await seconds(bare))[0], (await seconds(ours))[0]))
        await client.close()
    theirs, mine = (statistics.median(side) for side in zip(*pairs[3:], strict=True))
    print(
        f"overhead   {calls.value:10} {len(made)} call(s): bare {theirs * 1e3:6.1f} ms   "
        f"ours {mine * 1e3:6.1f} ms   ratio {mine / theirs:.2f}"
    )


async def throughput(calls: CallShape) -> None:
    """Print the share of the ideal rate of many answers at half a second a call."""
    gate = asyncio.Semaphore(IN_FLIGHT)
    ideal = ANSWERS * DELAY / IN_FLIGHT

    async def all_of(work: Callable[[int], Awaitable[object]]) -> None:
        async def one(number: int) -> None:
            async with gate:
                await work(number)

        await asyncio.gather(*map(one, range(ANSWERS)))

    async with server(DELAY) as url, grader_at(url, calls=calls, seconds=120) as grader:
        client = AsyncOpenAI(base_url=url, api_key="none", max_retries=0, timeout=120)

        async def bare(number: int) -> None:
            made = requests_of[number]
            stream = calls is CallShape.ANSWER
            await asyncio.gather(*(bare_call(client, each, stream=stream) for each in made))

        async def ours(number: int) -> None:
            graded = await grade_with(grader, f"{ANSWER} This is answer {number}.", FULL)
            assert graded.status is Status.GRADED, graded.reason

        requests_of = [requests(calls)] * ANSWERS
        await asyncio.gather(bare(0), ours(ANSWERS))
        theirs, their_cpu = await seconds(lambda: all_of(bare))
        mine, my_cpu = await seconds(lambda: all_of(ours))
        await client.close()
    print(
        f"throughput {calls.value:10} {ANSWERS} answers, {IN_FLIGHT} in flight, {DELAY} s a call: "
        f"ideal {ideal:.2f} s   "
        f"bare {theirs:.2f} s ({ideal / theirs:.2f}, CPU {their_cpu:.2f} s)   "
        f"ours {mine:.2f} s ({ideal / mine:.2f}, CPU {my_cpu:.2f} s)   "
        f"ours / bare {theirs / mine:.2f}"
    )


async def first_dimension(calls: CallShape, *, warm_cache: bool = False) -> None:
    """Print when the first dimension and all verdicts stand, at 300 ms + 5 ms a token."""
    async with (
        server(0.3, 0.005) as url,
        grader_at(url, calls=calls, seconds=120, warm_cache=warm_cache) as grader,
    ):
        shown: list[float] = []
        loop = asyncio.get_running_loop()
        for number in range(5):
            start = loop.time()
            first: list[float] = []

            def publish(_: PartRulings, first: list[float] = first, start: float = start) -> None:
                first.append(loop.time() - start)

            async def rule(index: int, number: int = number) -> None:
                part = grader.parts(FULL)[index]
                found = await grader.rule(FULL, f"{ANSWER} Take {number}.", part, publish)
                publish(found)

            await asyncio.gather(*map(rule, range(len(grader.parts(FULL)))))
            shown += [first[0], first[-1]]
    name = "warmed" if warm_cache else calls.value
    print(
        f"latency    {name:10} 300 ms + 5 ms a token: first dimension "
        f"{statistics.median(shown[::2]):.2f} s   all {statistics.median(shown[1::2]):.2f} s"
    )


async def main() -> None:
    for calls in (CallShape.DIMENSION, CallShape.ANSWER):
        await overhead(calls)
        await throughput(calls)
        await first_dimension(calls)
    await first_dimension(CallShape.DIMENSION, warm_cache=True)


if __name__ == "__main__":
    asyncio.run(main())
