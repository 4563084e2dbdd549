from pathlib import Path

import pytest

from interviewer.domain.pricing import Price
from interviewer.errors import SetupError
from interviewer.settings import Settings, variable

README = Path(__file__).parents[1] / "README.md"


def test_every_setting_stands_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    missing = [variable(name) for name in Settings.model_fields if variable(name) not in text]
    assert missing == []


def test_the_llm_is_chosen_when_a_key_or_a_server_is_named() -> None:
    assert not Settings.read({}).wants_llm
    assert Settings.read({"OPENAI_API_KEY": "k"}).wants_llm
    assert Settings.read({"OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}).wants_llm
    offline = {"OPENAI_API_KEY": "k", "INTERVIEWER_GRADER": "offline"}
    assert not Settings.read(offline).wants_llm


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Settings.read({"INTERVIEWER_VOTES": "", "OPENAI_API_KEY": ""}).votes == 1


def test_a_variable_of_the_environment_beats_the_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("INTERVIEWER_VOTES=3\nINTERVIEWER_CALLS=answer\n")
    read = Settings.read({"INTERVIEWER_VOTES": "5"}, tmp_path)
    assert (read.votes, read.calls) == (5, "answer")


def test_all_that_cannot_be_used_is_named_at_once() -> None:
    wrong = {"INTERVIEWER_VOTES": "many", "INTERVIEWER_GRADER": "human"}
    with pytest.raises(SetupError, match=r"INTERVIEWER_GRADER.*INTERVIEWER_VOTES") as caught:
        Settings.read(wrong)
    assert "\n" not in str(caught.value)


def test_a_misspelt_setting_is_told_with_the_name_that_was_meant() -> None:
    with pytest.raises(SetupError, match="did you mean INTERVIEWER_GRADER"):
        Settings.read({"INTERVIEWER_GRADR": "llm"})


def test_a_key_does_not_show_when_settings_are_printed() -> None:
    assert "s3cret" not in repr(Settings.read({"OPENAI_API_KEY": "s3cret"}))


def test_prices_are_read_from_json() -> None:
    read = Settings.read({"INTERVIEWER_PRICES": '{"m": {"input": 1, "output": 2}}'})
    assert read.prices == {"m": Price(input=1, output=2)}


def test_lists_are_separated_as_people_write_them() -> None:
    read = Settings.read(
        {"INTERVIEWER_PACKS": "/a:/b", "INTERVIEWER_ALLOWED_HOSTS": "a.example, b.example"}
    )
    assert read.packs == (Path("/a"), Path("/b"))
    assert read.allowed_hosts == ("a.example", "b.example")
