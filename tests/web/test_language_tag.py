"""What others wrote is marked with the language that it is in, whatever the language of the page."""

import pytest

from web.language import language_tag
from web.texts import Text


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("雅万高铁预计每年减少 33 万吨碳排放。", "zh-CN"),
        ("“一带一路”倡议（Belt and Road Initiative）由多国共建，ケニア也在其中。", "zh-CN"),
        ("他著有《幹細胞》一書，這些問題與環境保護、綠色發展有關。", "zh-Hant"),
        ("乾隆年间的建筑保存至今，游客可以免费参观。", "zh-CN"),
        ("鉄道は毎年三十三万トンの排出を減らす見込みです。", "ja"),
        ("이 철도는 해마다 33만 톤의 배출을 줄인다(漢字).", "ko"),
        ("The railway (雅万高铁) will cut emissions by 330,000 tons every year, the expert said.", "en"),
        ("Die Bahn spart jedes Jahr dreihunderttausend Tonnen, sagte der Fachmann.", "de"),
        ("33% (2030)", ""),
        ("", ""),
    ],
)
def test_the_language_is_the_one_that_most_of_the_text_is_in(text: str, tag: str) -> None:
    """Names in other scripts and single characters do not change it; without letters there is none."""
    assert language_tag(text) == tag


def test_words_that_are_the_same_in_both_languages_stand_there_once_in_their_own() -> None:
    """A question of a Chinese article is Chinese on the English page too."""
    html = Text("绿色投融资有哪些挑战？", "绿色投融资有哪些挑战？").html()
    assert html == '<span class="in-both" lang="zh-CN">绿色投融资有哪些挑战？</span>'
    assert '<span class="in-en" lang="en">Ask</span>' in Text("提问", "Ask").html()
