import pytest

from interviewer.grading.lists import keyword_lists
from interviewer.grading.segments import split


def listed(answer: str) -> list[str]:
    return [segment.text for segment in keyword_lists(split(answer))]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(
            "Recovery: watchdog on heartbeat + NCCL timeout, auto-cordon, hot spares", id="plus"
        ),
        pytest.param("embed 30 ms, search 80, rerank 150, prefill ~300 (2k tok)", id="figures"),
        pytest.param(
            "tokenise 4 ms, forward 22 ms, sampling 3 ms, network 9 ms, slack 12 ms", id="ms"
        ),
        pytest.param(
            "bad schema -> reject batch; null spike -> hold + page; late file -> use yesterday",
            id="arrows",
        ),
        pytest.param(
            "kill pod at random weekly, drain node, check queue refills, alert owner on gap",
            id="long pieces",
        ),
        pytest.param(
            "event per table: key, occurred-at, ingested-at, producer version, tombstone, owner",
            id="what belongs to it",
        ),
        pytest.param(
            "Dashboards: queue depth/age, per-shard lag, retry share, late-event rate", id="few"
        ),
        pytest.param(
            "router p95 < 5 ms, worker restart 40 s, cache hit 92 %, spill to disk 3x slower",
            id="comparisons",
        ),
        pytest.param(
            "We log inputs, outputs, versions and latencies, and we sample one percent to read.",
            id="a sentence with an enumeration",
        ),
    ],
)
def test_honest_notes_are_no_keyword_list(line: str) -> None:
    assert listed(line) == []
    assert listed(f"I would set it up as follows.\n- {line}\n- then we look at it again.") == []


LIST = (
    "Ray, Dask, Celery, gRPC, protobuf, sharding, quorum, raft, gossip, leases, fencing tokens, "
    "backpressure, retries, jitter"
)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(LIST, id="commas"),
        pytest.param(LIST.replace(",", " /"), id="slashes"),
        pytest.param(
            "human in the loop, A/B test, uplift, governance, drift, win rate, audit, lineage",
            id="terms with small words",
        ),
        pytest.param(
            "SLO, p99, 100 ms, 99.9% uptime, error budget, burn rate, golden signals, toil, "
            "paging, rotation, post-mortem, saturation",
            id="a figure or two",
        ),
        pytest.param(
            "Things that matter: raft, quorum, leases, gossip, vector clocks, hinted handoff, "
            "merkle trees, read repair, compaction, tombstones",
            id="a head over many terms",
        ),
        pytest.param(
            "quorum quorum quorum raft raft raft lease lease lease gossip gossip gossip",
            id="the same again and again",
        ),
    ],
)
def test_terms_without_a_statement_are_one(line: str) -> None:
    assert listed(line) == [line]


@pytest.mark.parametrize(
    "tail", ["hinted handoff", "merkle trees, read repair, compaction", "TP=8"]
)
def test_the_rest_of_a_list_after_its_stop_belongs_to_it(tail: str) -> None:
    assert listed(f"{LIST}. {tail}") == [f"{LIST}.", tail]
    assert listed(f"{tail}\n{LIST}") == [tail, LIST]


def test_a_short_note_beside_a_list_is_still_a_note() -> None:
    note = "Leases expire after 10 s, so a dead leader is replaced."
    assert listed(f"{LIST}.\n{note}") == [f"{LIST}."]
    assert listed("hinted handoff, read repair\nmerkle trees") == []


def test_a_column_of_terms_is_a_list_however_many_stand_on_a_line() -> None:
    column = "\n".join(["raft", "quorum reads", "leases, fencing, epochs", "gossip"] * 2)
    assert len(listed(column)) == 8
    assert listed("\n".join(column.splitlines()[:7])) == []
