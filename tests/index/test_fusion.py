"""One score of several: each side counts by how far a passage stands out in it, whatever its scale."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import FusionWeights, Scores, fuse, standardized


def scores(*values: float) -> Scores:
    return np.array(values, dtype=np.float32)


def of_all(
    passage: Scores, best_sentence: Scores, lexical: Scores, overlap: float, weights: FusionWeights | None = None
) -> Scores:
    """The fused scores where the candidates are all the passages that there are."""
    return fuse(passage, best_sentence, standardized(lexical), overlap, weights)


LEVEL = scores(0.5, 0.5, 0.5)


@pytest.mark.parametrize("side", range(3))
def test_each_side_alone_decides_where_the_others_are_level(side):
    passage, sentence, lexical = (scores(0.1, 0.9, 0.5) if place == side else LEVEL for place in range(3))
    assert np.argsort(-of_all(passage, sentence, lexical, overlap=1.0)).tolist() == [1, 2, 0]


@pytest.mark.parametrize("side", ["passage", "best_sentence", "lexical"])
def test_a_side_without_weight_is_silent(side):
    sides = {"passage": scores(1, 2, 4), "best_sentence": scores(4, 1, 2), "lexical": scores(2, 4, 1)}
    level = sides | {side: LEVEL}
    fused = of_all(**sides, overlap=1.0, weights=FusionWeights(**{side.removeprefix("best_"): 0.0}))
    np.testing.assert_allclose(fused, of_all(**level, overlap=1.0), atol=1e-6)


def test_level_scores_say_nothing():
    assert of_all(LEVEL, LEVEL, LEVEL, 1.0).tolist() == [0, 0, 0]


def test_a_single_candidate_scores_zero():
    assert of_all(scores(0.8), scores(0.9), scores(3.0), 1.0).tolist() == [0]


def test_without_shared_terms_the_lexical_side_is_silent():
    dense, lexical = scores(0.1, 0.2, 0.3), scores(9, 0, 0)
    assert (of_all(dense, dense, lexical, 0.0) == of_all(dense, dense, LEVEL, 0.0)).all()


def test_the_more_terms_are_shared_the_more_the_lexical_side_weighs():
    dense, lexical = scores(0.1, 0.2, 0.3), scores(9, 0, 0)
    first = [of_all(dense, dense, lexical, overlap)[0] for overlap in (0.0, 0.3, 0.7, 1.0)]
    assert first == sorted(first)
    assert first[0] < first[-1]


values = st.lists(st.integers(-100, 100), min_size=4, max_size=12, unique=True)


@given(values, st.randoms(use_true_random=False), st.floats(0.5, 8), st.floats(-4, 4))
def test_scale_and_offset_of_a_side_do_not_matter(numbers, random, scale, offset):
    dense = scores(*numbers)
    lexical = scores(*random.sample(numbers, len(numbers)))
    fused = of_all(dense, dense, lexical, 0.8)
    rescaled = of_all(dense, dense, (lexical * scale + offset).astype(np.float32), 0.8)
    np.testing.assert_allclose(fused, rescaled, atol=2e-3)


@given(values, st.randoms(use_true_random=False))
def test_the_order_of_candidates_does_not_matter(numbers, random):
    dense, best = scores(*numbers), scores(*random.sample(numbers, len(numbers)))
    order = random.sample(range(len(numbers)), len(numbers))
    np.testing.assert_allclose(
        of_all(dense[order], best[order], dense[order], 0.5), of_all(dense, best, dense, 0.5)[order], atol=1e-4
    )


@given(values)
def test_nothing_is_ever_not_a_number(numbers):
    tiny, huge = (scores(*(number * scale for number in numbers)) for scale in (1e-12, 1e6))
    fused = of_all(scores(*numbers), tiny, huge, 1.0)
    assert np.isfinite(fused).all()
