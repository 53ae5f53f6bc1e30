"""The numbers that a heading begins with."""

import re

_NUMBER = re.compile(
    r"第[一二三四五六七八九十百零〇\d]+[章节節部分篇讲講]|[（(]?[一二三四五六七八九十]+[）)]?[、.．，\s]|[（(][一二三四五六七八九十\d]+[）)]|"
    r"\d{1,2}(?:\.\d{1,2})*[、.．\s]\s?\S|(?:chapter|part|section)\s+[\dIVXLC]+|[IVXLC]+\.\s",
    re.IGNORECASE,
)


def is_numbered(text: str) -> bool:
    """True for a heading such as `一、背景`, `（二）做法`, `第三章 结论`, `2.1 Methods` or `Part II`."""
    return _NUMBER.match(text) is not None
