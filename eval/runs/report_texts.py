"""The words of the report, in Chinese and in English."""

from typing import Literal

Language = Literal["zh", "en"]

_TEXTS = {
    "title": ("引据评测报告", "Yinju evaluation report"),
    "summary": ("概要", "Summary"),
    "questions": ("问题", "questions"),
    "judged": ("其中已知答案", "with a known answer"),
    "correct": ("答对", "answered right"),
    "failures": ("未答对的情形", "What failed"),
    "table": ("逐题", "Question by question"),
    "measure": ("指标", "measure"),
    "mean": ("均值", "mean"),
    "interval": ("95% 区间", "95 % interval"),
    "count": ("题数", "n"),
    "risk": ("风险与覆盖率", "Risk against coverage"),
    "coverage": ("覆盖率（按把握从高到低）", "coverage, surest first"),
    "risk axis": ("答错的比例", "share of wrong answers"),
    "reliability": ("校准", "Calibration"),
    "confidence": ("把握", "confidence"),
    "share right": ("答对的比例", "share right"),
    "latency": ("用时（毫秒）", "Time (ms)"),
    "groups": ("分组", "By group"),
    "filter": ("筛选", "Filter"),
    "all": ("全部", "all"),
    "answer": ("回答", "answer"),
    "gold": ("标准答案", "gold"),
    "no answer": ("（文章没有回答）", "(the article does not answer)"),
    "cut": ("只列出前 {shown} 题；其余见 answers.xlsx。", "The first {shown} are listed; answers.xlsx has all."),
    "run": ("运行", "Run"),
    "line": ("第 {line} 行", "line {line}"),
    "right": ("答对", "right"),
    "unjudged": ("未知对错", "not judged"),
    "error": ("无法提问", "could not be asked"),
    "wrong passage": ("段落找错", "wrong passage"),
    "wrong sentence": ("句子找错", "wrong sentence"),
    "wrong span": ("字词标错", "wrong span"),
    "should have abstained": ("不该回答而回答", "should have abstained"),
    "should not have abstained": ("该回答而未答", "should not have abstained"),
}


def word(key: str, language: Language) -> str:
    """The words for `key`."""
    return _TEXTS[key][language == "en"]
