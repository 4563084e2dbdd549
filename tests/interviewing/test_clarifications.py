from interviewer.interviewing.clarifications import fact_for

FACTS = (
    "Latency at the 99th percentile must stay below 50 ms.",
    "Two regions serve the traffic.",
    "Labels arrive after 90 days.",
)


def test_a_question_is_answered_with_the_fact_it_is_about() -> None:
    assert fact_for("What latency do we have to keep?", FACTS) == FACTS[0]
    assert fact_for("When does a label arrive?", FACTS) == FACTS[2]


def test_inflected_words_count_as_one() -> None:
    assert fact_for("How many regional clusters are there?", FACTS) == FACTS[1]


def test_what_is_in_no_fact_is_not_made_up() -> None:
    assert fact_for("What is our budget?", FACTS) is None


def test_small_words_alone_find_nothing() -> None:
    assert fact_for("Should we use this or that?", FACTS) is None
    assert fact_for("", FACTS) is None


def test_a_unit_of_time_is_not_what_a_question_is_about() -> None:
    facts = ("The router of the second model sends each token to two experts.",)
    assert fact_for("How many requests come per second?", facts) is None
