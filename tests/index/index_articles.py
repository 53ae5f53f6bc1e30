"""Small articles for the tests of the index."""

import hashlib

from ingest.document import Document
from ingest.sections import document_from_text

RAILWAY = """中老铁路的三年

中老铁路于2021年12月开通，全长1035公里。

运量

李明：铁路开通三年来，累计发送货物4830万吨。其中跨境货物超过1060万吨，比前一年增长了两成。

环保

王芳：沿线种下了300多万株乔木。野生亚洲象的栖息地没有受到影响，因为线路绕开了保护区。
"""
ENERGY = """绿色能源合作

专家谈绿色能源怎样走出去。

天然气

张强：中国石油在伊拉克的项目每年回收天然气33万吨。过去这些伴生气都被白白烧掉了。

光伏

赵敏：巴基斯坦的光伏电站每年减少二氧化碳排放120万吨。当地2000名工人学会了安装组件的手艺。
"""
ARTICLES = {"energy": ENERGY, "railway": RAILWAY}


def document(name: str, text: str | None = None) -> Document:
    """The article `name` as the loader reads it, with `text` in place of its own."""
    content = ARTICLES[name] if text is None else text
    digest = hashlib.sha256(content.encode()).hexdigest()
    return document_from_text(content, source=f"{name}.txt", sha256=digest, id=name)


def documents() -> tuple[Document, ...]:
    return tuple(document(name) for name in ARTICLES)
