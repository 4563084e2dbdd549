import pytest
from fastapi.testclient import TestClient

from interviewer.client import Client
from interviewer.errors import NotFound
from tests.api.conftest import Stage

SMALL = "small-question"


def best_place(client: Client, seed: str) -> int:
    card = next(each for each in client.warm_ups.run(seed) if each.question_id == SMALL)
    return next(n for n, words in enumerate(card.options) if words.startswith("First the load"))


def test_a_warm_up_shows_four_options_and_not_which_is_best(http: TestClient) -> None:
    card = http.get("/v1/warm-ups", params={"seed": "a"}).json()["items"][0]

    assert len(card["options"]) == 4
    assert card["chosen"] is None
    assert not {"best", "why"} & set(card)


def test_the_best_option_is_found_wherever_it_is_shown(client: Client) -> None:
    for seed in ("a", "b", "c"):
        place = best_place(client, seed)
        verdict = client.warm_ups.choose(seed, SMALL, place)

        assert verdict.chosen == verdict.best == place
        assert verdict.why[place] == "Load, then design, then failure."


def test_every_option_gets_its_reason_and_the_chain_of_dimensions_is_shown(client: Client) -> None:
    verdict = client.warm_ups.choose("a", SMALL, 0)

    assert len(set(verdict.why)) == 4
    assert [each.id for each in verdict.dimensions] == ["storage", "safety"]


def test_in_one_run_the_first_choice_counts(client: Client) -> None:
    place = best_place(client, "a")
    other = (place + 1) % 4
    client.warm_ups.choose("a", SMALL, other)

    assert client.warm_ups.choose("a", SMALL, place).chosen == other
    shown = {each.question_id: each.chosen for each in client.warm_ups.run("a")}
    assert shown == {SMALL: other, "second-question": None}


def test_a_streak_counts_the_best_choices_in_a_row(client: Client, stage: Stage) -> None:
    for seed, offset in (("a", 0), ("b", 0), ("c", 1), ("d", 0)):
        stage.clock.advance(minutes=1)
        place = (best_place(client, seed) + offset) % 4
        verdict = client.warm_ups.choose(seed, SMALL, place)

    assert (verdict.streak, verdict.longest_streak) == (1, 2)


def test_a_question_without_a_warm_up_is_not_found(client: Client) -> None:
    with pytest.raises(NotFound):
        client.warm_ups.choose("a", "no-such-question", 0)
