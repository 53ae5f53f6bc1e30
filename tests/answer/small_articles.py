"""Small articles of kinds that the project's own article is not."""

from ingest.document import Document
from ingest.sections import document_from_text

HARBOURS = """Harbours for tomorrow

Ports are where trade begins. Three experts say what has to change.

Mark Stone (Director of the Harbour Institute):

Shore power lets ships switch off their engines while they load. It takes three steps. \
First, every berth needs a cable. Second, the grid must carry the load. Third, tariffs have to fall.

Anna Green (Chief Engineer, Baltic Terminals):

Cranes that run on batteries cost twice as much as diesel cranes. Their batteries last about 8 years.

Li Wei (Professor at the Maritime University):

Markets for methanol are still small. Only 12 ports sell it today.
"""
REEFS = """海洋笔谈

张三（国家海洋研究所所长）：

海水变暖，珊瑚正在大面积白化。珊瑚礁养活了四分之一的海洋鱼类。

李四（滨海林业大学教授）：

王五（近海水产学会会长）：

红树林的根系能够固碳，也能够挡住风浪。保护红树林要做三件事。一是停止填海；二是补种幼苗；三是监测水质。
"""
CONVERSATION = """赵六（天文馆馆长）：

土星的光环主要由冰块组成。木星有九十多颗卫星。

钱七（气象台台长）：

台风的中心叫台风眼，那里几乎没有风。
"""
TRADITIONAL = """圖書館的夜晚

這座圖書館每晚開放到十點。延長開放時間有兩個好處。首先，上班族下班後可以借書；其次，學生有安靜的地方讀書；最後，附近的書店也多了客人。

館長說，去年夜間有三萬兩千名讀者。
"""


def small_article(text: str, id: str) -> Document:
    """`text` read as an article file of that name."""
    return document_from_text(text, source=f"{id}.txt", sha256=f"{len(text):064x}", id=id)


def small_articles() -> tuple[Document, ...]:
    """An English roundtable, a Chinese one with an expert who says nothing, one without a title, a traditional one."""
    texts = {"harbours": HARBOURS, "reefs": REEFS, "conversation": CONVERSATION, "library": TRADITIONAL}
    return tuple(small_article(text, id) for id, text in texts.items())
