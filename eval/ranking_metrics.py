"""How well a ranking puts what is relevant first.

A ranking lists distinct items, best first; `relevant` holds at least one item. All values lie in 0..1, higher is
better. Every function raises ValueError where a ranking repeats an item, nothing is relevant or k is below 1.
Definitions: Manning, Raghavan and Schütze, "Introduction to Information Retrieval", chapter 8; the reciprocal rank is
from the TREC-8 question answering track (Voorhees, 1999).
"""

from collections.abc import Sequence, Set


def recall_at_k(ranking: Sequence[int], relevant: Set[int], k: int) -> float:
    """The share of the relevant items that stand among the first k: |first k ∩ relevant| / |relevant|.

    Where any one relevant item is enough, as with copies of one paragraph, `hit_at_k` is the one to use.
    """
    _check(ranking, relevant, k)
    return len(relevant & set(ranking[:k])) / len(relevant)


def hit_at_k(ranking: Sequence[int], relevant: Set[int], k: int) -> bool:
    """True if at least one relevant item stands among the first k; equal to `recall_at_k` for a single one."""
    _check(ranking, relevant, k)
    return not relevant.isdisjoint(ranking[:k])


def reciprocal_rank(ranking: Sequence[int], relevant: Set[int], k: int = 10) -> float:
    """1 / the place, from 1, of the first relevant item among the first k; 0 if there is none. Its mean is MRR@k."""
    _check(ranking, relevant, k)
    return next((1 / place for place, item in enumerate(ranking[:k], 1) if item in relevant), 0.0)


def average_precision(ranking: Sequence[int], relevant: Set[int]) -> float:
    """The mean, over the relevant items, of the precision at each one's place; an item not ranked counts 0."""
    _check(ranking, relevant)
    places = [place for place, item in enumerate(ranking, 1) if item in relevant]
    return sum(found / place for found, place in enumerate(places, 1)) / len(relevant)


def _check(ranking: Sequence[int], relevant: Set[int], k: int = 1) -> None:
    if len(set(ranking)) != len(ranking):
        raise ValueError("a ranking names every item once, this one repeats some")
    if not relevant:
        raise ValueError("no item is relevant: the metric is not defined")
    if k < 1:
        raise ValueError(f"k counts from 1, not {k}")
