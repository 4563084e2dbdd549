import pytest

from interviewer.domain.rubric import Signal
from interviewer.grading.offline.signals import Fitting, Group
from interviewer.grading.offline.tokens import tokenise


def _found(alias: str, text: str) -> bool:
    tokens = tokenise(text)
    (hits,) = Group(Signal(any=(alias,))).hits([tokens], Fitting(tokens))
    return bool(hits)


@pytest.mark.parametrize(
    ("alias", "text"),
    [
        pytest.param("cache", "we cached the values", id="stem"),
        pytest.param("batching", "larger batches", id="stem of the alias"),
        pytest.param("online store", "in the online feature store", id="one word between"),
        pytest.param("all-reduce", "an allreduce per step", id="written as one word"),
        pytest.param("allreduce", "an all-reduce per step", id="written with a hyphen"),
        pytest.param("retrain*", "retraining nightly", id="any ending"),
        pytest.param("roll* back", "we rolled it back", id="any ending in a phrase"),
        pytest.param("# ms", "within 20ms", id="figure with its unit"),
        pytest.param("# ms", "two hundred milliseconds", id="number words"),
        pytest.param("#%", "about 5 per cent", id="per cent"),
        pytest.param("#%", "sixty percent", id="percent in words"),
        pytest.param("p99", "p99 < 10 ms", id="a word with figures"),
        pytest.param("0.2", "PSI above 0.2", id="a decimal"),
        pytest.param("quantize", "quantised weights", id="British"),
        pytest.param("throughput", "the thruput and througput", id="a typing error"),
        pytest.param("partition", "each partiton of the log", id="a letter left out"),
        pytest.param("kubernetes", "on kuberentes", id="two letters swapped"),
        pytest.param("scheduler", "the schedulre", id="swapped at the end"),
        pytest.param("training-serving skew", "training/serving skew", id="slash"),
    ],
)
def test_an_alias_is_found(alias: str, text: str) -> None:
    assert _found(alias, text)


@pytest.mark.parametrize(
    ("alias", "text"),
    [
        pytest.param("store online", "the online store", id="order"),
        pytest.param("page", "paginate", id="not a prefix"),
        pytest.param("cache", "catch", id="short words bear no slip"),
        pytest.param("identity", "a tag identifies the owner", id="identity is no identifying"),
        pytest.param("complex", "once the job completes", id="complex is no completing"),
        pytest.param("contrast", "a contract between teams", id="contrast is no contract"),
        pytest.param("weighted", "a weighed sample", id="weighted is not weighed"),
        pytest.param("# ms", "some ms", id="no figure"),
        pytest.param("online store", "online we have one big store", id="too far apart"),
    ],
)
def test_another_word_is_not(alias: str, text: str) -> None:
    assert not _found(alias, text)
