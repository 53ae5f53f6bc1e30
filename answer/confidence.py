"""How sure the answerer may be: a logistic model over what retrieval and reading found."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import regex

from answer.measure import lacks_measure
from answer.reader import CALENDAR_YEAR, Candidate, QuestionTerms, after_question, sentence_text
from index.folding import fold
from index.passage import Passage
from ingest.errors import YinjuError

_NUMBER = regex.compile(r"\d+(?:[.,]\d+)*")
# The first of a series is as often called so in other words (`首届`, `首次`), and `第` is often left out of a text.
_SERIES = regex.compile(r"第(?![一1][届次期版集季])(?P<number>[一二三四五六七八九十百\d]+)(?P<kind>[届次期版集季])")
_SERIES_TOLD = regex.compile(r"(?P<number>[一二三四五六七八九十百\d]+)(?P<kind>[届次期版集季])")
# `第七条规定了什么`, but not `第一条高铁`.
_CLAUSE = regex.compile(
    r"第(?P<number>[一二三四五六七八九十百\d]+)(?P<kind>条)(?=的?(?:规定|内容|是|说|讲|写|要求)|[?,。]|$)"
)
_CLAUSE_TOLD = regex.compile(r"第(?P<number>[一二三四五六七八九十百\d]+)(?P<kind>条)")
# Each language by itself: `last year` is not another year than `去年`.
_RELATIVE_YEARS = (
    regex.compile("前年|去年|今年|明年|后年"),
    regex.compile(r"\b(?:last|this|next) year\b"),
)
# `2000米`, `1500名代表` and `the 1990s` name no single year.
_YEAR_ASKED = regex.compile(
    rf"{CALENDAR_YEAR.pattern}(?!\s?(?:[名人米元多余个家吨件台座万亿%m]|年代|s\b|公里|平方|people|met))"
)
_HAN = regex.compile(r"\p{Han}")
# Of 752 questions of CMRC 2018 trial, DRCD and XQuAD zh that name a year, the paragraph that answers lacks it for 14;
# of 341 that ask for a kind of measure (`answer/measure.py`), the sentence that answers always has one.
# Not even what is certain otherwise is then sure enough to be an answer.
_MISMATCH = 0.05
_NUMERALS = "一二三四五六七八九"
_POWERS = {"十": 10, "百": 100}
_NOT_WEIGHED = ("year_missing", "measure_missing")
_MOST_LOG_ODDS = 12.0
CALIBRATION_FILE = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for or against the best candidate; all but the cosines and the margin lie in 0..1.

    `passage_cosine` and `sentence_cosine` are those of its passage and of itself with the question;
    `passage_coverage` and `sentence_coverage` the shares of the question's terms that they have, rare terms counting
    more; `margin` is how far its score lies above that of the best candidate of another passage; `overlap` the share of
    the question's terms that the passages have at all; `numbers_missing` the share of its numbers that the passage
    lacks. `year_missing`: a year, one of a series (`第四届`) or of the clauses of a law (`第七条`) is asked for
    and the passage lacks it, or this, the last or the next year is and the passage has another; `another_year`: a year
    is asked for, and the sentence has another. `measure_missing`: a kind of measure is asked for (how long, what price)
    of which the sentence has nothing.
    `log_odds` are the candidate's own, cut to -12..12 and None from a reader that gives none.
    """

    passage_cosine: float
    sentence_cosine: float
    passage_coverage: float
    sentence_coverage: float
    margin: float
    overlap: float
    numbers_missing: float
    year_missing: bool
    another_year: bool
    measure_missing: bool
    log_odds: float | None = None


@dataclass(frozen=True, slots=True)
class Calibration:
    """A fitted logistic model: weights of fields of `Evidence` and of products of two, and when to abstain.

    The products are `overlap * field`, because a question that shares the article's script is judged by its words as
    well, and one in another script by meaning alone.
    """

    intercept: float
    weights: dict[str, float]
    threshold: float

    @classmethod
    def load(cls, path: Path = CALIBRATION_FILE) -> "Calibration":
        """The calibration in the JSON file at `path`; raises YinjuError where that is missing or damaged."""
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise YinjuError(f"the calibration {path} is missing or damaged: get it again") from error

    def confidence(self, evidence: Evidence) -> float:
        """The probability, 0 to 1, that the article answers the question with the chosen sentence."""
        features = features_of(evidence)
        total = self.intercept + sum(weight * features[name] for name, weight in self.weights.items())
        probability = 1 / (1 + math.exp(-total))
        return _MISMATCH * probability if evidence.year_missing or evidence.measure_missing else probability


def features_of(evidence: Evidence) -> dict[str, float]:
    """The model's inputs by name."""
    values = {
        name: float(value) for name, value in asdict(evidence).items() if name not in _NOT_WEIGHED and value is not None
    }
    crossed = {f"overlap*{name}": evidence.overlap * value for name, value in values.items() if name != "overlap"}
    return values | crossed


def evidence_for(question: str, candidates: Sequence[Candidate]) -> Evidence:
    """What speaks for the first of `candidates`, which are best first and at least one."""
    best = candidates[0]
    passages = list({candidate.passage.chunk.id: candidate.passage for candidate in candidates}.values())
    sentence = sentence_text(best.passage, best.span)
    told = [after_question(item.passage, sentence_text(item.passage, item.span)) for item in candidates]
    sentences = QuestionTerms.of(question, told)
    whole = QuestionTerms.of(question, [_text_of(passage) for passage in passages])
    rivals = [item for item in candidates if item.passage.chunk.id != best.passage.chunk.id]
    return Evidence(
        passage_cosine=best.passage.dense_score,
        sentence_cosine=next(match.score for match in best.passage.sentences if match.span == best.span),
        passage_coverage=whole.coverage[0],
        sentence_coverage=sentences.coverage[0],
        margin=best.score - rivals[0].score if rivals else 0.0,
        overlap=whole.overlap,
        numbers_missing=_share_missing(_NUMBER, question, best.passage),
        year_missing=_is_of_another(question, _text_of(best.passage)),
        another_year=any(_has_another(kind, question, sentence) for kind in (_YEAR_ASKED, _SERIES)),
        measure_missing=lacks_measure(sentence, question),
        log_odds=_log_odds(candidates),
    )


def _is_of_another(question: str, text: str) -> bool:
    """True if a year, one of a series or a clause of a law is asked for that `text` has not, or last year for this.

    A text that names no year may mean any, and one in another script counts its series in other words.
    """
    asked, told = fold(question), fold(text)
    years = set(CALENDAR_YEAR.findall(told))
    if years and set(_YEAR_ASKED.findall(asked)) - years:
        return True
    if _HAN.search(told) and any(
        _counted(of_question, asked) - _counted(of_text, told)
        for of_question, of_text in ((_SERIES, _SERIES_TOLD), (_CLAUSE, _CLAUSE_TOLD))
    ):
        return True
    return any(_has_another(kind, question, text) for kind in _RELATIVE_YEARS)


def _counted(pattern: regex.Pattern[str], text: str) -> set[tuple[int, str]]:
    """What `pattern` counts in `text`: `第二十届` and `20届` are both (20, 届)."""
    return {(_number(match["number"]), match["kind"]) for match in pattern.finditer(text)}


def _number(numeral: str) -> int:
    """The number below 1,000 that Chinese numerals or digits say; 0 where they mix them."""
    if numeral.isdecimal():
        return int(numeral)
    total = last = 0
    for character in numeral:
        if character in _POWERS:
            total += max(last, 1) * _POWERS[character]
            last = 0
        else:
            last = _NUMERALS.find(character) + 1
    return total + last


def _log_odds(candidates: Sequence[Candidate]) -> float | None:
    """Those of the best candidate, as low as can be where it was not read; None if nothing was read."""
    if all(item.log_odds is None for item in candidates):
        return None
    own = candidates[0].log_odds
    return -_MOST_LOG_ODDS if own is None else min(max(own, -_MOST_LOG_ODDS), _MOST_LOG_ODDS)


def _text_of(passage: Passage) -> str:
    return after_question(passage, passage.chunk.text)


def _share_missing(pattern: regex.Pattern[str], question: str, passage: Passage) -> float:
    wanted = set(pattern.findall(fold(question)))
    return len(wanted.difference(pattern.findall(fold(_text_of(passage))))) / len(wanted) if wanted else 0.0


def _has_another(pattern: regex.Pattern[str], question: str, sentence: str) -> bool:
    """True if both have what `pattern` finds, and nothing of it in common."""
    wanted, found = (set(pattern.findall(fold(text))) for text in (question, sentence))
    return bool(wanted and found and not wanted & found)
