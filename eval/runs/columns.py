"""Which column of a table or key of an object holds what, told by its name in Chinese or English."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from eval.runs.file_error import QuestionFileError

_NAMES: dict[str, tuple[str, ...]] = {
    "question": (
        *("question", "questions", "question text", "query", "prompt", "q", "问题", "提问", "问句", "题目", "题干"),
        *("問題", "提問", "問句", "題目", "題幹", "问题内容", "問題內容"),
    ),
    "id": (
        *("id", "no", "no.", "number", "qid", "question id", "编号", "序号", "题号", "问题编号"),
        *("編號", "序號", "題號", "問題編號"),
    ),
    "answers": (
        *("answers", "answer", "gold", "gold answer", "gold answers", "correct answer", "right answer", "ground truth"),
        *("expected", "expected answer", "reference", "reference answer", "答案", "标准答案", "参考答案", "正确答案"),
        *("標準答案", "參考答案", "正確答案"),
    ),
    "items": ("items", "item", "list", "要点", "列举", "项目", "要點", "列舉", "項目"),
    "language": ("language", "lang", "语言", "语种", "語言", "語種"),
    "type": (
        *("type", "question type", "kind", "category", "类型", "题型", "类别", "问题类型"),
        *("類型", "題型", "類別", "問題類型"),
    ),
    "expert": (
        *("expert", "speaker", "author", "专家", "发言人", "发言者", "嘉宾", "讲者", "演讲人"),
        *("專家", "發言人", "發言者", "嘉賓", "講者", "演講人"),
    ),
    "section": ("section", "heading", "章节", "小节", "标题", "小标题", "章節", "小節", "標題", "小標題"),
    "evidence": ("evidence", "supporting text", "证据", "依据", "原文", "證據", "依據"),
    "impossible": (
        *("impossible", "is impossible", "unanswerable", "is unanswerable", "无答案", "不可回答", "不能回答"),
        *("無答案",),
    ),
}
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names}
# Of these several columns may be numbered: "answer 1", "答案二".
_NUMBERED = ("answers", "items", "evidence")
_NUMBER = regex.compile(r"\s*[\d一二三四五六七八九十]{1,2}$")
_GAPS = regex.compile(r"[\s_-]+")
# A note for who fills the table in: "问题（必填）".
_NOTE = regex.compile(r"\([^()]*\)$")
_AROUND = " :*\ufeff"


@dataclass(frozen=True, slots=True)
class Columns:
    """The places, from 0, of each field's columns; a field that has none is missing."""

    places: dict[str, tuple[int, ...]]
    names: tuple[str, ...]

    @classmethod
    def guess(cls, names: Sequence[str], where: str) -> "Columns":
        """The columns by their names; raises QuestionFileError where none is the question or two are the same field."""
        places: dict[str, tuple[int, ...]] = {}
        for place, name in enumerate(names):
            field = _field_of(name)
            if field is None:
                continue
            if before := places.get(field):
                _check_numbered(field, names[before[-1]], name, where)
            places[field] = (*places.get(field, ()), place)
        if "question" not in places:
            shown = ", ".join(f'"{name}"' for name in names[:8]) or "nothing"
            raise QuestionFileError(
                where,
                f'no column is the question, there is {shown}; name one "question" or "问题"',
                f"没有一列是问题，现有 {shown}，请把一列命名为“问题”或“question”",
            )
        return cls(places, tuple(names))

    def values(self, row: Sequence[object]) -> dict[str, object]:
        """The row's values by field; those of numbered columns as one list."""
        return {
            field: _joined([row[place] for place in places if place < len(row)])
            for field, places in self.places.items()
        }


def has_question(names: Iterable[str]) -> bool:
    """True if one of the columns is the question."""
    return any(_field_of(name) == "question" for name in names)


def shown(names: Iterable[str]) -> str:
    """What columns of these names are taken for, for a person to check."""
    named = [name for name in names if name.strip()]
    taken = ", ".join(f'"{name}" as {field}' for name in named if (field := _field_of(name)))
    ignored = ", ".join(f'"{name}"' for name in named if not _field_of(name))
    return f"{taken}; ignored: {ignored}" if ignored else taken


def _field_of(name: str) -> str | None:
    plain = _plain(name)
    if field := _FIELD_OF.get(plain):
        return field
    field = _FIELD_OF.get(_NUMBER.sub("", plain))
    return field if field in _NUMBERED else None


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).lower().strip(_AROUND)
    return _GAPS.sub(" ", _NOTE.sub("", folded)).strip(_AROUND)


def _check_numbered(field: str, first: str, second: str, where: str) -> None:
    stems = [_NUMBER.sub("", _plain(name)) for name in (first, second)]
    if field in _NUMBERED and stems[0] == stems[1] and _plain(first) != _plain(second):
        return
    raise QuestionFileError(
        where,
        f'"{first}" and "{second}" are both the {field}; rename one of them',
        f"“{first}”和“{second}”都当作 {field} 一列，请改掉其中一个的名字",
    )


def _joined(cells: list[object]) -> object:
    if len(cells) < 2:
        return cells[0] if cells else None
    return [one for cell in cells for one in (cell if isinstance(cell, list) else [cell])]
