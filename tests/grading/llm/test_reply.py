"""Replies are read by id, whole or damaged, and never trusted."""

import pytest

from interviewer.grading.llm.reply import read_dimensions, read_quotes, read_rulings

GOOD = '{"id":"a","evidence":[1],"words":"x y","reasoning":"r","verdict":"met"}'


def test_a_ruling_is_found_by_its_id_wherever_it_stands() -> None:
    for text in (GOOD, f"[{GOOD}]", f'{{"rulings":[{GOOD}]}}', f'{{"result":{{"r":[{GOOD}]}}}}'):
        assert read_rulings(text).said["a"].verdict == "met"


@pytest.mark.parametrize(
    ("loose", "sentences", "verdict"),
    [
        ('"evidence":null,"words":null,"reasoning":null,"verdict":"unmet"', (), "unmet"),
        ('"evidence":2,"verdict":"Met"', (2,), "met"),
        ('"evidence":"sentences 2 and 5","verdict":"likely met"', (2, 5), "likely_met"),
        ('"evidence":["1","3"],"verdict":"NOT-ASSERTED"', (1, 3), "not_asserted"),
    ],
)
def test_a_model_without_a_schema_may_write_loosely(
    loose: str, sentences: tuple[int, ...], verdict: str
) -> None:
    said = read_rulings(f'{{"id":" a ",{loose}}}').said["a"]
    assert (said.sentences, said.verdict) == (sentences, verdict)


@pytest.mark.parametrize(
    ("loose", "quotes"),
    [
        ('"quotes":["a b","c"]', ("a b", "c")),
        ('"quotes":"a b"', ("a b",)),
        ('"quotes":null', ()),
        ('"quotes":["a b",3,null]', ("a b",)),
        ('"evidence":[1]', ()),
    ],
)
def test_quotes_are_read_however_many_there_are(loose: str, quotes: tuple[str, ...]) -> None:
    assert read_quotes(f'{{"id":"a",{loose},"verdict":"met"}}').said["a"].quotes == quotes


def test_good_rulings_of_a_damaged_reply_are_kept() -> None:
    text = f'{{"rulings":[{GOOD},{{"id":"b","verdict":7}},{{"id":"c","verdict":"unm'
    assert set(read_rulings(text).said) == {"a"}


def test_an_id_ruled_on_twice_counts_only_when_both_agree() -> None:
    other = GOOD.replace('"met"', '"unmet"')
    assert set(read_rulings(GOOD + GOOD).said) == {"a"}
    both = read_rulings(GOOD + other)
    assert not both.said
    assert both.twice == {"a"}
    assert not read_rulings(GOOD + other + GOOD).said


@pytest.mark.parametrize(
    ("line", "sentences", "verdict"),
    [
        ("a 2,5 met", (2, 5), "met"),
        ("a - unmet", (), "unmet"),
        ("a: [3] likely_met", (3,), "likely_met"),
        ("a none not_asserted", (), "not_asserted"),
        ("a unmet", (), "unmet"),
        ("a | 1, 2 | asserted", (1, 2), "asserted"),
    ],
)
def test_a_line_of_an_economy_reply_is_read_tolerantly(
    line: str, sentences: tuple[int, ...], verdict: str
) -> None:
    said = read_dimensions(f'{{"id":"d","reasoning":"why","rulings":["{line}"]}}').said["a"]
    assert (said.sentences, said.verdict, said.reasoning) == (sentences, verdict, "why")


@pytest.mark.parametrize(
    "hostile",
    [
        "{" * 100_000,
        "[" * 100_000,
        '{"id":' * 5_000,
        '{"a":' * 50_000 + "1" + "}" * 50_000,
        "9" * 10_000,
        '{"id":"a","verdict":"met","evidence":[' + "9" * 5_000 + "]}",
        "\x00\ud800",
    ],
)
def test_a_hostile_reply_is_read_in_bounded_time(hostile: str) -> None:
    assert not read_rulings(hostile).said
    assert not read_dimensions(hostile).said
