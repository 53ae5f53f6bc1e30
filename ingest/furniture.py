"""What newspapers, magazines and web pages print around an article: their names, dates, columns, page numbers."""

import re

from ingest.characters import HAN, ends_question, has_cjk

# What a part of a newspaper or of a web site is called.
_COLUMN = (
    "智库|智庫|圆桌|圓桌|专题|專題|特别|特別|报道|報導|封面|专访|專訪|访谈|訪談|深度|观察|觀察|评论|評論|聚焦|视点|視點|"
    "对话|對話|特稿|调查|調查|理论|理論|座谈|座談|论坛|論壇|笔谈|筆談|文化|财经|財經|教育|科技|国际|國際|社会|社會|"
    "要闻|要聞|正文"
)
_PAPER = (
    f"[{HAN}]{{1,8}}(?:[日晚时時晨周週早]报|[日晚時早]報|周刊|週刊|月刊|杂志|雜誌|论坛|論壇|评论|評論|学报|學報|学刊|"
    "學刊|简报|簡報|公报|公報|通讯|通訊|数字报|數位報)"
)
_RUBRICS = (
    # A name with its number or date: `《财经》2024年第3期`, `绿周刊 No. 312`, `江淮日报 2024年4月18日`.
    r"《[^》]{1,20}》.{0,40}",
    rf"{_PAPER}(?:[ ·|｜/]?.{{0,30}}[\d版期卷集号號].{{0,30}})?",
    # Dates, numbers, pages.
    rf"(?:[{HAN}]{{2,20}} )?\d{{4}} ?[年./-] ?第? ?\d.{{0,40}}|[{HAN}○]{{2}}[{HAN}○]{{2}}年[{HAN}]{{1,3}}月.{{0,20}}",
    r"\d{1,2}\.? \w{3,9}\.? \d{4}.{0,30}",
    r"(?:发布|發布|播出|转写|更新|录制)(?:时间|時間|日期).{0,40}",
    r"[（(]?总?第? ?\d{1,4} ?[期号].{0,20}|No\. ?\d.{0,20}",
    rf"第? ?\d{{1,3}} ?版.{{0,20}}|[A-Z]?\d{{1,3}} ?[版页頁].{{0,20}}|[A-Z]?\d{{1,3}} ?[{HAN}]{{2,8}}(?: .{{0,30}})?",
    # Columns: `智库圆桌`, `【专访】`, `财经前哨 · 深度`, `FORUM │ 專題座談`.
    r"【[^】]{2,12}】",
    rf"[【\[]?(?:{_COLUMN}|[·・|｜ ])+[】\]]?",
    rf"[{HAN}]{{2,6}} ?[·・|｜] ?(?:{_COLUMN})+|(?:{_COLUMN})+ ?[·・|｜] ?[{HAN}]{{2,6}}",
    r"[A-Z ]{3,24} ?[│｜|] ?.{2,20}",
    # Ways: `首页 / 评论 / 正文`, `Home > Comment`, `上一版 下一版`.
    r"[^>›»/。！？!?]{1,16}(?: ?[>›»/] ?[^>›»/。！？!?]{1,24})+|上一[版篇].{0,30}",
    r"(?:整理|采写|採訪|撰文|摄影|攝影|策划|策劃) ?[│｜|/／：:].{1,60}",
    r"(?:附件|附錄|附录) ?\d{0,2}|内部资料.{0,20}|內部資料.{0,20}|[=-]{3,}",
)
# So many lines stand over a title at most, each with so many characters.
MOST_RUBRICS, _LONGEST = 6, 80
_RUBRIC = re.compile("|".join(_RUBRICS))
# `· 35 ·`, `- 3 -`, `第 1 页 共 3 页`, `12 / 30`.
_PAGE_NUMBER = re.compile(
    r"[·•\-—–\s]*\d{1,4}[·•\-—–\s]*|第 ?\d{1,4} ?[页頁](?:[ ,，/]*共 ?\d{1,4} ?[页頁])?|\d{1,3} ?/ ?\d{1,3}"
)


def is_rubric(text: str) -> bool:
    """True for a line such as `《财经》2024年第3期` or `首页 / 评论`, which stands over a title and is none."""
    bare = text.strip("*_ ")
    if len(bare) > _LONGEST:
        return False
    shouted = bare.isupper() and not has_cjk(bare) and not ends_question(bare)
    return shouted or _RUBRIC.fullmatch(bare) is not None or is_page_number(bare)


def is_page_number(text: str) -> bool:
    """True for a line such as `· 35 ·` or `第 1 页 共 3 页`."""
    return _PAGE_NUMBER.fullmatch(text) is not None


def is_running_head(text: str) -> bool:
    """True for a line such as `58 绿周刊 No. 312`, which a page has at its top or foot."""
    return len(text) <= _LONGEST and (is_page_number(text) or _is_numbered_rubric(text))


def _is_numbered_rubric(text: str) -> bool:
    return any(map(str.isdigit, text)) and _RUBRIC.fullmatch(text) is not None
