from interviewer.domain.progress import HeatCell
from ui.markup.progress import heat_table, skill_name, tile


def cell(topic: str, skill: str, met: int) -> HeatCell:
    return HeatCell(topic=topic, skill=skill, met=met, criteria=4, lost=4 - met)


def test_skills_are_written_as_people_write_them() -> None:
    assert skill_name("gpu-scheduling") == "GPU scheduling"
    assert skill_name("drift-detection") == "Drift detection"


def test_the_number_stands_in_every_cell_and_not_only_a_colour() -> None:
    drawn = heat_table([cell("a", "caching", 1), cell("b", "caching", 4)], {"a": "A", "b": "B"})

    assert "25%" in drawn
    assert "100%" in drawn
    assert 'scope="row"' in drawn


def test_topics_without_an_answer_have_no_row() -> None:
    drawn = heat_table([cell("a", "caching", 1)], {"a": "Topic A", "b": "Topic B"})

    assert "Topic B" not in drawn


def test_a_tile_says_its_bars_in_words() -> None:
    assert "Latest scores: 40%, 62%" in tile("Average", "51%", "x", [40, 61.6])
