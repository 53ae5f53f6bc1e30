"""What can be the name of a person, and whose: an expert's, an interviewer's, or a word that only looks like one."""

import re

from ingest.characters import HAN

MAX_NAME = 48

_HAN_NAME = re.compile(rf"[{HAN}]{{2,5}}")
_HAN_PARTS = re.compile(rf"[{HAN}A-Za-z.\-]{{1,12}}(?:[·•・‧．][{HAN}A-Za-z.\-]{{1,12}})+")
# Words, the first of them perhaps abbreviated: `Dr. J. R. Smith`, `Jean-Luc O'Neill`.
_WORD = r"[^\W\d_]+(?:['’\-][^\W\d_]+)*"
_OTHER_NAME = re.compile(rf"(?:[^\W\d_]{{1,4}}\. ?|{_WORD} ){{0,6}}{_WORD}(?:,? [JS]r\.)?")
_PADDED = re.compile(rf"(?<![{HAN}])([{HAN}])\s+([{HAN}])(?![{HAN}])")
_HAN_SPACE = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")
_INTERVIEWER = re.compile(
    rf"(?:[{HAN}]{{0,10}}(?:记者|記者)[{HAN}]{{0,3}}|《[^》]{{1,12}}》(?:记者|記者)?|主席|主持人?|(?:主持人|主播)[{HAN}]{{2,3}}|编者|編者|编辑|編輯|本[报報刊]|问|問|"
    r"Q|Question|Host|Moderator|Interviewer|Reporter|Journalist|Editor)",
    re.IGNORECASE,
)
_ANSWERER = re.compile(r"答|A|Answer|嘉宾|嘉賓|专家|專家", re.IGNORECASE)
_ANSWER = re.compile(r"答|A|Answer", re.IGNORECASE)
_ROLE_BEFORE_NAME = re.compile(rf"(?:主持人|嘉宾|嘉賓|专家|專家)(?=[{HAN}]{{2,4}}$)")
_SPEECH = (
    "说",
    "說",
    "道",
    "称",
    "稱",
    "表示",
    "认为",
    "認為",
    "指出",
    "强调",
    "強調",
    "介绍",
    "介紹",
    "写道",
    "例如",
    "如下",
)
_PRONOUNS = "他她它我你您咱其这那该此据並并且但而因如若即则所各每某哪"
_OTHER_WORDS = """
其中 例如 比如 注意 备注 附注 注释 说明 提示 来源 资料 图表 图片 编者按 时间 地点 地址 电话 邮箱 日期 作者 总之 目前
此外
同时 首先 其次 再次 最后 最终 近年来 当前 未来 具体 原因 结论 目的 方法 背景 摘要 关键词 阅读 相关链接 延伸阅读
責任編輯 责任编辑 责编 编辑 校对 版式 策划 统筹 摄影 制图 核心 观点 核心观点 主题 议题 嘉宾 专家
note notes figure fig table source sources example examples see section chapter appendix equation warning tip summary
abstract keywords address phone email date time place link read more update total price option step part results result
methods conclusion background the this that these those
"""
_NOT_NAMES = frozenset(_OTHER_WORDS.split())
# Chinese surnames in use, traditional forms included; a name that begins with none needs a paragraph end before it.
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍"
    "史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项"
    "祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石"
    "崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景"
    "詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀"
    "郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛"
    "阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公上官肖闫付代涂覃佟仝佘邸苑揭区冼岳帅缑亢况琴商牟佴伯赏墨哈谯笪年爱阳"
    "佟原但仉仵仪海植光线敬丛楚邝"
    "趙錢孫吳鄭馮陳衛韓楊許呂張嚴華謝鄒竇雲蘇魯韋馬鳳魯費賀湯羅畢鄔樂於時傅齊顧黃蕭貝計談龐紀項藍閔賈婁顏鍾駱萬盧繆應單諸鈕龔陸榮靳烏車"
    "寧厲劉葉龍黎賴藺喬陰聞黨譚貢勞農溫莊連習廣闕東歐師鞏聶饒須豐關紅遊權蓋後肖"
)


def is_name(text: str) -> bool:
    """True if `text` can be a person's name: 2 to 5 Chinese characters, parts joined by dots, or words."""
    name = clean_name(text)
    if not 2 <= len(name) <= MAX_NAME or name in _NOT_NAMES or name.endswith(_SPEECH) or name[0] in _PRONOUNS:
        return False
    if _HAN_NAME.fullmatch(name) or _HAN_PARTS.fullmatch(name) or is_interviewer(name):
        return True
    return _OTHER_NAME.fullmatch(name) is not None and _is_other_name(name)


def is_chinese_name(name: str) -> bool:
    """True if `name` is 2 to 5 Chinese characters."""
    return _HAN_NAME.fullmatch(name) is not None


def is_sure_name(text: str) -> bool:
    """True if `text` begins with a Chinese surname, or has parts as names have: hardly another word."""
    name = clean_name(text)
    if _HAN_NAME.fullmatch(name):
        return name[0] in _SURNAMES and len(name) <= 4
    return "·" in name or len(name.split()) > 1


def is_interviewer(name: str) -> bool:
    """True for who asks: `记者`, `主持人`, `问`, `Q`, `Host`."""
    return _INTERVIEWER.fullmatch(name) is not None


def is_answerer(name: str) -> bool:
    """True for who answers without being named: `答`, `A`, `嘉宾`."""
    return _ANSWERER.fullmatch(name) is not None


def is_nobody(name: str) -> bool:
    """True for the mark of an answer that names no one: `答`, `A`."""
    return _ANSWER.fullmatch(name) is not None


def clean_name(text: str) -> str:
    """A byline's name without the space that pads two characters to the width of three, and without a role."""
    return _ROLE_BEFORE_NAME.sub("", without_han_spaces(text.strip("*_ ")))


def without_padding(text: str) -> str:
    """`text`, two characters that a space sets to the width of three (`唐　婉`) without it."""
    return _PADDED.sub(r"\1\2", text)


def without_han_spaces(text: str) -> str:
    """`text` without the white space between Chinese characters and at its ends."""
    return _HAN_SPACE.sub("", text.strip())


def _is_other_name(name: str) -> bool:
    words = name.split()
    if any(re.search(f"[{HAN}]", word) for word in words) or words[0].lower().rstrip(".") in _NOT_NAMES:
        return False
    return not name.islower() and not (len(words) == 1 and name.isupper() and name.isascii())
