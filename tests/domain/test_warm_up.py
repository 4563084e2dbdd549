from interviewer.domain.base import QuestionId
from interviewer.domain.warm_up import run_order, shown_order, streak

Q = QuestionId("drift")


def test_the_same_seed_always_shows_the_same_order() -> None:
    assert shown_order(Q, "a") == shown_order(Q, "a")


def test_every_option_is_shown_once() -> None:
    for seed in "abcdefgh":
        assert sorted(shown_order(Q, seed)) == [0, 1, 2, 3]


def test_no_place_is_favoured() -> None:
    firsts = [shown_order(Q, str(seed))[0] for seed in range(400)]

    assert all(60 < firsts.count(place) < 140 for place in range(4))


def test_a_run_asks_every_question_once_in_an_order_of_its_own() -> None:
    ids = [QuestionId(f"q{n}") for n in range(8)]

    assert sorted(run_order(ids, "a")) == ids
    assert run_order(ids, "a") != run_order(ids, "b")


def test_a_streak_ends_with_a_choice_that_was_not_best() -> None:
    assert streak([True, True, False, True]) == (1, 2)
    assert streak([]) == (0, 0)
