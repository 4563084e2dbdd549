"""The work that the benches measure: six dimensions of three criteria, and one answer of a page.

`BARE` has neither reference nor examples (a `-` stands for them), so that general judges, which
have no place for those, can be given the same work.
"""

from interviewer.domain.question import Question

_DIMENSIONS = {
    "requirements": (
        "Requirements",
        "Pins a number for peak load, such as requests per second.",
        "Pins a latency target with its percentile.",
        "States prompt and output lengths as token counts.",
    ),
    "architecture": (
        "Architecture",
        "Puts admission control in front of the engine replicas.",
        "Uses continuous batching and says what it avoids.",
        "Pages the KV cache to avoid fragmentation.",
    ),
    "sizing": (
        "Sizing",
        "Computes the memory of the weights from parameters and bytes.",
        "Computes KV-cache bytes per token and the concurrency it allows.",
        "Derives the number of GPUs from load and measured throughput.",
    ),
    "parallelism": (
        "Parallelism",
        "Keeps tensor parallelism inside a node and says why.",
        "Scales out with replicas rather than wider sharding.",
        "Names the cost of all-reduce on the token latency.",
    ),
    "operations": (
        "Operations",
        "Drains a replica before a rollout.",
        "Watches time to first token apart from time per token.",
        "Sheds or queues load with a bound when demand doubles.",
    ),
    "cost": (
        "Cost",
        "Gives a cost per million tokens or per request.",
        "Compares quantisation with its loss of quality.",
        "Moves offline work to spare capacity.",
    ),
}

ANSWER = (
    "I would start by fixing the target: 200 requests per second at peak and p99 under 800 ms for "
    "the first token. Prompts are maybe 1,500 tokens and outputs 300. The request path is a "
    "gateway that does admission control, then a router, then engine replicas. The engine uses "
    "continuous batching so short requests do not wait for long ones, and a paged KV cache so "
    "memory is not lost to fragmentation. For sizing, 70B in fp16 is 140 GB, so one 80 GB card is "
    "not enough and two are tight; I would take four with room for the cache. At 0.3 MB a token a "
    "request of 1,800 tokens holds 0.5 GB, so 100 GB of cache is 200 requests at once. Tensor "
    "parallelism stays inside a node because all-reduce on every layer needs NVLink; beyond that I "
    "add replicas. For operations I drain a replica before a rollout and watch errors during the "
    "canary. Time to first token and time per token are two panels, as they fail for different "
    "reasons. If load doubles the queue is bounded and the rest gets a 429. On cost, fp8 halves "
    "the cards and loses under one percent on our own evals."
)


def question(example: str = "-", near_miss: str = "-", reference: str = "-") -> Question:
    """Return the question with these texts wherever a criterion or the question needs them."""
    return Question.model_validate(
        {
            "id": "inference_service",
            "title": "An inference service",
            "prompt": (
                "Design an inference service for a 70B model at 200 requests per second. Walk from "
                "requirements to a design you would defend in review."
            ),
            "topic": "llm-serving",
            "kind": "system-design",
            "difficulty": "hard",
            "minutes": 20,
            "reference_answer": reference,
            "rubric": {
                "dimensions": [
                    {
                        "id": id_,
                        "title": title,
                        "weight": 1,
                        "criteria": [
                            {
                                "id": f"{id_[:4]}_{number}",
                                "statement": statement,
                                "points": 1,
                                "skills": ["serving"],
                                "met_example": example,
                                "near_miss": near_miss,
                                "signals": ["serving"],
                                "to_add": "-",
                            }
                            for number, statement in enumerate(statements, start=1)
                        ],
                    }
                    for id_, (title, *statements) in _DIMENSIONS.items()
                ]
            },
        }
    )


BARE = question()
FULL = question(
    example="Peak is 200 requests a second and p99 of the first token stays under 800 ms.",
    near_miss="It must be fast and handle a lot of traffic at the same time.",
    reference=ANSWER,
)
