"""The words of the report, in Chinese and in English."""

from typing import Literal

Language = Literal["zh", "en"]

_TEXTS = {
    "title": ("引据评测报告", "Yinju evaluation report"),
    "summary": ("概要", "Summary"),
    "questions": ("{count} 个问题", "{count} questions"),
    "judged": ("其中 {count} 个已知答案", "{count} with a known answer"),
    "correct": ("答对", "answered right"),
    "failures": ("未答对的情形", "What failed"),
    "marked": ("另有 {count} 题答对，但标出的字词不是标准答案。", "{count} more were right, with other words marked."),
    "aggregates": ("拒答、风险与校准", "Abstention, risk and calibration"),
    "table": ("逐题", "Question by question"),
    "measure": ("指标", "measure"),
    "measures": ("逐题指标", "Measures of the answers"),
    "mean": ("均值", "mean"),
    "value": ("数值", "value"),
    "interval": ("95% 区间", "95 % interval"),
    "count": ("题数", "n"),
    "risk": ("风险与覆盖率（文章有答案的题）", "Risk against coverage, questions with an answer"),
    "coverage": ("覆盖率（按把握从高到低）", "coverage, surest first"),
    "risk axis": ("答错的比例", "share of wrong answers"),
    "reliability": ("校准", "Calibration"),
    "confidence": ("把握", "confidence"),
    "share right": ("答对的比例", "share right"),
    "latency": ("用时（毫秒）", "Time (ms)"),
    "groups": ("分组", "By group"),
    "more groups": ("另有 {count} 组，见 metrics.json。", "{count} more groups are in metrics.json."),
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
    "quote not exact": ("引文与原文不符", "quote not exact"),
    "wrong passage": ("段落找错", "wrong passage"),
    "wrong sentence": ("句子找错", "wrong sentence"),
    "incomplete list": ("列举不全", "incomplete list"),
    "wrong span": ("答对，字词标错", "right, other words marked"),
    "should have abstained": ("不该回答而回答", "should have abstained"),
    "should not have abstained": ("该回答而未答", "should not have abstained"),
}

# Measures, groups and what a manifest holds have names of their own, which are good English; here in Chinese.
NAMES = {
    "correct": "答对",
    "EM": "完全一致（EM）",
    "F1": "字词重合（F1）",
    "gold in answer": "回答含标准答案",
    "answer length / gold": "回答与标准答案的长度比",
    "all items": "要点齐全且依次",
    "citation precision": "引文精确率",
    "citation recall": "引文召回率",
    "evidence precision": "证据精确率",
    "evidence recall": "证据召回率",
    "right expert": "专家正确",
    "right section": "章节正确",
    "quotes exact": "引文与原文相符",
    "abstained": "未作回答",
    "abstention precision": "拒答精确率",
    "abstention recall": "拒答召回率",
    "abstention F1": "拒答 F1",
    "AUROC answerable": "辨别有无答案（AUROC）",
    "risk-coverage area": "风险覆盖曲线下面积（AURC）",
    "calibration error": "校准误差（ECE）",
    "p50 ms": "用时中位数（毫秒）",
    "p90 ms": "用时的 90% 分位（毫秒）",
    "p95 ms": "用时的 95% 分位（毫秒）",
    "p99 ms": "用时的 99% 分位（毫秒）",
    "language": "语言",
    "type": "题型",
    "expert": "专家",
    "section": "章节",
    "questions": "问题文件",
    "questions_sha256": "问题文件的 SHA-256",
    "total": "题数",
    "index_id": "索引",
    "settings": "设置",
    "versions": "程序库",
    "machine": "机器",
    "started": "开始",
    "finished": "结束",
    "seconds": "提问用时（秒）",
    "notices": "列的读法",
    "format": "格式",
    "model": "检索模型",
    "model_fingerprint": "检索模型的指纹",
    "reader": "阅读器",
    "reader_fingerprint": "阅读器的指纹",
    "reading": "读多少、怎样计算",
    "calibration": "把握的标定",
}


def word(key: str, language: Language) -> str:
    """The words for `key`."""
    return _TEXTS[key][language == "en"]


def name_of(name: str, language: Language) -> str:
    """The name of a measure, a kind of group or a part of the manifest; one that has no translation as it is."""
    return NAMES.get(name, name) if language == "zh" else name.replace("_", " ")
