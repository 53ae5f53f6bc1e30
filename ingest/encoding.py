"""The bytes of a text file as text: UTF-8, UTF-16, GB18030, Big5, else the best guess."""

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

from ingest.characters import CJK
from ingest.errors import YinjuError

# Frequent characters of modern Chinese in both scripts, written down by hand and not from a frequency list, with words
# of the default article among them, and the punctuation of such texts.
_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都"
    "同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间"
    "由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水"
    "名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形"
    "社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今"
    "切院让识候带导争运笔绿碳能源投融环境际域续推贸易企持携促创改革构低协态稳优势支护评险资技专访研讨谈论组织济增际积极未挑需落深项"
    "這個們來為國說時會對於後過發著種經麼學現當沒動還進樣從實軍無與長機民關點業將兩間問應戰頭體見產話給門東聲員論處義幾認條氣題爾別變"
    "總電數報結務場計資許統區隊決馬書聽達強則難權設記類據邊張該規萬覺術領確傳師觀讓識導爭運綠環際續貿構協態穩優護險專訪談組織濟極項"
    "，。、；：？！“”‘’（）《》—…·「」『』　％～０１２３４５６７８９"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
_CANDIDATES = "gb18030", "big5", "big5hkscs", "utf-16-le", "utf-16-be"
_SAMPLE = 60_000
# Below this share of likely characters a decoding is not believed.
_CREDIBLE = 0.3


def decode(data: bytes, name: str, *, guess: bool = True) -> str:
    """The text of the file called `name`; raises YinjuError if it is binary or in no known encoding.

    Without `guess` only what is likely Chinese text is taken for another encoding than UTF-8.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            text = _strict(data, encoding)
            if text is None:
                raise _undecodable(name)
            return _checked(text.removeprefix("\ufeff"), name)
    text = _strict(data, "utf-8")
    if text is not None and "\x00" not in text:
        return _checked(text, name)
    text = _most_likely(data, guess)
    if text is not None:
        return _checked(text, name)
    raise _binary(name) if b"\x00" in data else _undecodable(name)


def _most_likely(data: bytes, guess: bool) -> str | None:
    """The reading with the largest share of frequent characters; failing that, charset-normalizer's guess."""
    readings = [text for encoding in _CANDIDATES if (text := _strict(data, encoding)) is not None]
    best = max((text for text in readings if not _CONTROL.search(text)), key=_likelihood, default=None)
    if best is not None and _likelihood(best) >= _CREDIBLE:
        return best
    if b"\x00" in data or not guess:
        return None
    found = from_bytes(data[:_SAMPLE]).best()
    text = _strict(data, found.encoding) if found is not None else None
    return text if text is not None and not _CONTROL.search(text) else None


def _likelihood(text: str) -> float:
    """The share of frequent characters among those beyond ASCII, less the share of private and unassigned ones."""
    others = [character for character in text[:_SAMPLE] if not character.isascii()]
    if not others:
        return 1.0
    common = sum(character in _COMMON for character in others)
    odd = sum(not _is_usual(character) for character in others)
    return (common - 3 * odd) / len(others)


def _is_usual(character: str) -> bool:
    return re.match(f"[{CJK}“”‘’—…·]", character) is not None or unicodedata.category(character)[0] in "LNPZ"


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked(text: str, name: str) -> str:
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls > max(3, len(text) // 200):
        raise _binary(name)
    return text


def _binary(name: str) -> YinjuError:
    return YinjuError(f"{name} is a binary file, not a text: give the article as plain text or Markdown.")


def _undecodable(name: str) -> YinjuError:
    return YinjuError(f"{name} is in no known text encoding: save it as UTF-8 and try again.")
