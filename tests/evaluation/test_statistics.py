import numpy as np
import pytest

from interviewer.evaluation.statistics import (
    Ints,
    accuracy,
    cluster_bootstrap,
    cohen_kappa,
    half_up,
    macro_f1,
    pearson,
    spearman,
)


def ints(*values: int) -> Ints:
    return np.asarray(values, dtype=np.int64)


TRUTH = ints(0, 0, 1, 1, 2, 2, 2, 0)
SAID = ints(0, 1, 1, 2, 2, 2, 0, 0)


def test_kappa_equals_a_table_worked_by_hand() -> None:
    # Observed agreement 5/8; chance (3·3 + 2·2 + 3·3)/64 = 22/64.
    assert accuracy(TRUTH, SAID) == pytest.approx(5 / 8)
    assert cohen_kappa(TRUTH, SAID, 3) == pytest.approx((5 / 8 - 22 / 64) / (1 - 22 / 64))


def test_quadratic_kappa_equals_a_table_worked_by_hand() -> None:
    # Observed Σ(i−j)²: 1 + 1 + 4 = 6; by chance (4·3·2·1 + 2·3·3·4)/8 = 12.
    assert cohen_kappa(TRUTH, SAID, 3, quadratic=True) == pytest.approx(1 - 6 / 12)


def test_agreement_in_everything_is_one_and_a_constant_guess_is_zero() -> None:
    assert cohen_kappa(TRUTH, TRUTH, 3, quadratic=True) == 1
    assert cohen_kappa(TRUTH, np.ones_like(TRUTH), 3, quadratic=True) == pytest.approx(0)


def test_macro_f1_weighs_rare_values_like_common_ones() -> None:
    assert macro_f1(ints(0, 0, 0, 1), ints(0, 0, 0, 0)) == pytest.approx((6 / 7 + 0) / 2)


def test_ties_share_their_rank() -> None:
    x = np.asarray([1.0, 2.0, 2.0, 3.0])
    assert spearman(x, np.asarray([10.0, 20.0, 20.0, 90.0])) == pytest.approx(1)
    assert np.isnan(pearson(x, np.ones(4)))


def test_means_of_two_labellers_are_rounded_half_up() -> None:
    assert half_up(np.asarray([0.0, 0.5, 1.0, 1.5, 2.0])).tolist() == [0, 1, 1, 2, 2]


def test_the_bootstrap_draws_whole_clusters_and_repeats_itself() -> None:
    values = np.asarray([0.0, 0.0, 0.0, 1.0, 1.0, 1.0])
    clusters = [ints(0, 1, 2), ints(3, 4, 5)]

    def mean(rows: Ints) -> dict[str, float]:
        assert rows.size == 6
        return {"mean": float(values[rows].mean())}

    first = cluster_bootstrap(clusters, mean, resamples=200)
    assert first == cluster_bootstrap(clusters, mean, resamples=200)
    assert first["mean"] == (0.0, 1.0)
