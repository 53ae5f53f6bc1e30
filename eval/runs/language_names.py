"""What people write into a column of languages, as the codes that questions are grouped by."""

_NAMES: dict[str, tuple[str, ...]] = {
    "zh": ("chinese", "mandarin", "cn", "zho", "chi", "中", "中文", "汉语", "漢語", "华语", "華語", "普通话", "国语"),
    "en": ("english", "eng", "英", "英文", "英语", "英語"),
    "ja": ("japanese", "jp", "jpn", "日", "日文", "日语", "日語"),
    "ko": ("korean", "kr", "kor", "韩文", "韩语", "韓文", "韓語"),
    "ru": ("russian", "rus", "俄", "俄文", "俄语", "俄語"),
    "fr": ("french", "fra", "fre", "法", "法文", "法语", "法語"),
    "es": ("spanish", "spa", "西班牙文", "西班牙语", "西班牙語"),
    "de": ("german", "deu", "ger", "德", "德文", "德语", "德語"),
    "pt": ("portuguese", "por", "葡萄牙文", "葡萄牙语", "葡萄牙語"),
    "ar": ("arabic", "ara", "阿拉伯文", "阿拉伯语", "阿拉伯語"),
    "th": ("thai", "tha", "泰文", "泰语", "泰語"),
    "vi": ("vietnamese", "vie", "越南文", "越南语", "越南語"),
    "zh-Hans": ("simplified chinese", "简体", "简体中文"),
    "zh-Hant": ("traditional chinese", "繁體", "繁体", "繁體中文", "繁体中文"),
}
_CODES = {name: code for code, names in _NAMES.items() for name in names}


def language_code(written: str) -> str:
    """The code for a language's natural name; whatever else is written stays as it is."""
    return _CODES.get(written.strip().lower(), written.strip())
