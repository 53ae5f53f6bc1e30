"""Which column of a table holds what, told by its name in Chinese or English."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.runs.file_error import QuestionFileError
from eval.runs.record import FIELDS

_NAMES: dict[str, tuple[str, ...]] = {
    "question": ("question", "query", "prompt", "q", "问题", "提问", "问句", "題目", "题目", "問題"),
    "id": ("id", "no", "number", "qid", "编号", "序号", "題號", "题号", "編號", "序號"),
    "answers": ("answers", "answer", "gold", "gold answer", "expected", "reference", "答案", "标准答案", "参考答案"),
    "items": ("items", "list", "要点", "列举", "项目"),
    "language": ("language", "lang", "语言", "語言", "语种"),
    "type": ("type", "kind", "category", "类型", "類型", "题型", "类别"),
    "expert": ("expert", "speaker", "author", "专家", "專家", "发言人", "嘉宾"),
    "section": ("section", "heading", "章节", "小节", "标题", "小标题"),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """The place, from 0, of each field's column; a field that has none is missing."""

    places: dict[str, int]
    names: tuple[str, ...]

    @classmethod
    def guess(cls, names: Sequence[str], file: str) -> "Columns":
        """The columns by their names; raises QuestionFileError where none is the question or two are the same field."""
        places: dict[str, int] = {}
        for place, name in enumerate(names):
            field = next((field for field in FIELDS if name.strip().lower().replace("_", " ") in _NAMES[field]), None)
            if field in places:
                first = names[places[field]]
                raise QuestionFileError(
                    f"{file}, line 1",
                    f'"{first}" and "{name}" are both the {field}; rename one of them',
                    f"“{first}”和“{name}”都当作 {field} 一列，请改掉其中一个的名字",
                )
            if field:
                places[field] = place
        if "question" not in places:
            shown = ", ".join(f'"{name}"' for name in names[:8]) or "nothing"
            raise QuestionFileError(
                f"{file}, line 1",
                f'no column is the question, there is {shown}; name one "question" or "问题"',
                f"没有一列是问题，现有 {shown}，请把一列命名为“问题”或“question”",
            )
        return cls(places, tuple(names))

    def shown(self) -> str:
        """What was taken for what, for a person to check."""
        return ", ".join(f'"{self.names[place]}" as {field}' for field, place in self.places.items())
