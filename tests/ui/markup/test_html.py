import pytest

from ui.markup.html import Html, div, join, tag, text


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='alert(1)",
        "&lt;b&gt;",
        "![x](http://evil.example/leak)",
    ],
)
def test_words_never_become_markup(hostile: str) -> None:
    drawn = tag("p", hostile, title=hostile)

    assert "<script" not in drawn
    assert "<img" not in drawn
    assert drawn.count("<") == 2
    assert "'" not in drawn


def test_markup_of_ours_is_not_escaped_twice() -> None:
    assert div("a", tag("b", "x & y")) == '<div class="a"><b>x &amp; y</b></div>'


def test_joining_escapes_plain_words_and_keeps_markup() -> None:
    assert join(["<", Html("<br>")]) == "&lt;<br>"


def test_an_attribute_without_a_value_is_left_out() -> None:
    assert tag("p", "x", aria_label=None, class_="c") == '<p class="c">x</p>'


def test_escaped_text_stays_as_it_is() -> None:
    assert text(text("&")) == "&amp;"
