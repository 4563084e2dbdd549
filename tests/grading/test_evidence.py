import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.grading.evidence import locate

ANSWER = (
    "We page when PSI > 0.2 — never before. The \u201cfreshness budget\u201d is 5 minutes,\n"
    "so   events go through Flink; the café\u2019s nightly batch isn't enough. Naïve copies drift."
)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        pytest.param("page when PSI > 0.2", "page when PSI > 0.2", id="exact"),
        pytest.param("we PAGE when psi", "We page when PSI", id="case"),
        pytest.param(
            'the "freshness budget" is', "The \u201cfreshness budget\u201d is", id="quotes"
        ),
        pytest.param("> 0.2 - never before", "> 0.2 — never before", id="dashes"),
        pytest.param("5 minutes, so events go", "5 minutes,\nso   events go", id="spaces"),
        pytest.param("the cafe\u0301's nightly", "the café\u2019s nightly", id="composed letters"),
        pytest.param("\ufb02ink; the", "Flink; the", id="ligature"),
        pytest.param('"PSI > 0.2."', "PSI > 0.2", id="stops and quotation marks around it"),
    ],
)
def test_an_honest_quote_is_found_where_it_stands(quote: str, found: str) -> None:
    evidence = locate(ANSWER, quote)
    assert evidence is not None
    assert evidence.quote == found
    assert ANSWER[evidence.start : evidence.end] == found


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param("events goes through Flink, the café\u2019s nightly batch", id="grammar"),
        pytest.param("events go thruogh Flink; the cafés nightly batch", id="typing"),
    ],
)
def test_a_small_slip_is_forgiven(quote: str) -> None:
    evidence = locate(ANSWER, quote)
    assert evidence is not None
    assert evidence.quote == "events go through Flink; the café\u2019s nightly batch"


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param("We page when PSI > 0.3", id="another number"),
        pytest.param("the café\u2019s nightly batch is enough", id="the negation is gone"),
        pytest.param("events go through Spark and Kafka streams", id="another tool"),
        pytest.param("We alert the on-call engineer at once", id="a paraphrase"),
        pytest.param("age when PSI", id="half a word"),
        pytest.param("", id="empty"),
        pytest.param(".", id="no letter"),
        pytest.param("e", id="one letter"),
    ],
)
def test_an_invention_is_not_found(quote: str) -> None:
    assert locate(ANSWER, quote) is None


def test_parts_around_an_ellipsis_are_found_in_order_as_one_span() -> None:
    evidence = locate(ANSWER, "events go through ... isn't enough")
    assert evidence is not None
    assert evidence.quote == "events go through Flink; the café\u2019s nightly batch isn't enough"
    assert locate(ANSWER, "isn't enough ... events go through") is None


def test_a_quote_is_looked_for_inside_the_span_only() -> None:
    answer = "Redis is fast. We cache in Redis."
    evidence = locate(answer, "Redis", (15, len(answer)))
    assert evidence is not None
    assert evidence.start == 27
    assert locate(answer, "is fast", (15, len(answer))) is None


def test_no_combining_sequence_is_cut_in_two() -> None:
    assert locate("cafe\u0301 stays whole", "cafe") is None


def test_zero_width_characters_do_not_hide_words() -> None:
    evidence = locate("we ca\u200bche in Re\u2060dis here", "we cache in Redis")
    assert evidence is not None
    assert evidence.quote == "we ca\u200bche in Re\u2060dis"


@given(st.text(min_size=1, max_size=120), st.data())
def test_whatever_is_found_is_verbatim(answer: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(answer) - 1))
    quote = answer[start : data.draw(st.integers(start + 1, len(answer)))]
    evidence = locate(answer, quote)
    if evidence is not None:
        assert answer[evidence.start : evidence.end] == evidence.quote
