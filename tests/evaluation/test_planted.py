from interviewer.catalog.questions import read_bank
from interviewer.grading.offline.guards import warns
from interviewer.resources import rubrics
from training.planting import planted, read_claims, sound_answers

BANK = {str(question.id): question for question in read_bank([rubrics()])}


def test_every_misconception_of_the_bank_has_one_claim_in_words_of_its_own() -> None:
    claims = read_claims()
    wanted = {(q, str(m.id)) for q, question in BANK.items() for m in question.misconceptions}
    assert {(claim.question_id, claim.misconception) for claim in claims} == wanted
    assert len(claims) == len(wanted)
    for claim in claims:
        texts = [
            t for m in BANK[claim.question_id].misconceptions for t in (m.statement, *m.examples)
        ]
        assert claim.words not in texts
        assert not warns(claim.words), claim.words


def test_a_claim_is_planted_as_a_sentence_of_its_own() -> None:
    question = BANK["drift-monitoring"]
    (answer, *_) = sound_answers(question)
    mixed = planted(answer, "It is all noise.")
    assert mixed.replace("It is all noise. ", "") == answer
