"""Every sentence of the interface, in Chinese and in English.

The page carries both languages and the style sheet shows one, so switching needs no server and translates what is
already on the page.
"""

from dataclasses import dataclass

from web.language import language_tag
from web.markup import in_language, verbatim


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages; `{name}` stands for a field that is filled in later."""

    zh: str
    en: str

    def fill(self, **fields: object) -> "Text":
        """The sentence with its fields filled in; not to be filled again, for a field may hold braces."""
        return Text(self.zh.format(**fields), self.en.format(**fields))

    def html(self, more: "Text | None" = None) -> str:
        """Both languages as HTML, of which the page shows one; `more` is shown where one points at the sentence.

        What is the same in both, as an article's own words are, stands there once, in the language that it is in.
        """
        if self.zh == self.en:
            return f'<span class="in-both"{in_language(language_tag(self.zh))}>{verbatim(self.zh)}</span>'
        return "".join(self._span(name, tag, more) for name, tag in (("zh", "zh-CN"), ("en", "en")))

    def _span(self, name: str, tag: str, more: "Text | None") -> str:
        title = f' title="{verbatim(more.in_language(name))}"' if more else ""
        return f'<span class="in-{name}" lang="{tag}"{title}>{verbatim(self.in_language(name))}</span>'

    def in_language(self, language: str) -> str:
        """The sentence in Chinese for "zh", else in English."""
        return self.zh if language == "zh" else self.en

    def by_language(self) -> dict[str, str]:
        """`{"zh": ..., "en": ...}`, for attributes that cannot hold HTML."""
        return {"zh": self.zh, "en": self.en}


TITLE = "引据 Yinju"
SUBTITLE = Text(
    "向文章提问，答案全用文章原话，并注明出处。",
    "Ask an article a question. The answer comes in the article's own words, with its exact source.",
)
LANGUAGE_LABEL = "语言 / Language"
LANGUAGES = (("中文", "zh"), ("English", "en"))

QUESTION_LABEL = Text("问题", "Question")
QUESTION_PLACEHOLDER = Text("输入问题", "Type a question")
ASK = Text("提问", "Ask")
NEW_CHAT = Text("新对话", "New chat")
WELCOME = Text("想从文章里知道什么？", "What would you like to know from the article?")
WELCOME_HINT = Text("可用任何语言提问。", "Ask in any language.")
SAMPLES = Text("试试这些问题", "Questions to try")
FOLLOW_UPS = Text("接着可以问", "You could ask next")
READING = Text("正在查阅文章……", "Reading the article...")

EVIDENCE = Text("出处", "Sources")
ARTICLE = Text("全文", "Article")
EARLIER = Text(
    "更早的问题不再显示；导出会写上最近的 {count} 个。",
    "Earlier questions are no longer shown; an export has the last {count}.",
)
EVIDENCE_HINT = Text(
    "答案引用的段落会列在这里，引文以底色标出。",
    "The passages that an answer quotes appear here, with the quotes highlighted.",
)
NEAREST = Text("不是答案，但内容相近", "Not an answer, but close")
LINE = Text("第 {line} 行", "line {line}")
COMMA = Text("，", ", ")
SOURCE = Text("原文件 {source}", "file {source}")
QUOTE_NUMBER = Text("引文 {number}", "Quote {number}")
COPY = Text("复制引文", "Copy quote")
COPIED = Text("已复制", "Copied")
IN_ARTICLE = Text("在全文中查看", "Show in the article")
OUTLINE = Text("目录", "Outline")
CHOOSE_ARTICLE = Text("选择文章", "Choose an article")

UNDERSTOOD = Text("理解为：{question}", "Understood as: {question}")
ASK_LITERALLY = Text("按原话提问", "Ask it as typed")
ITEMS = Text("共 {count} 项", "{count} items")
COPY_ANSWER = Text("复制答案", "Copy answer")
COPY_MARKDOWN = Text("复制为 Markdown", "Copy as Markdown")
COPY_LINK = Text("复制链接", "Copy link")
LIKE = Text("有帮助", "Helpful")
DISLIKE = Text("没帮助", "Not helpful")
EXPORT = Text("导出对话", "Export chat")
RUNS = Text("批量与评测", "Batches")
THEME = Text("明暗", "Light or dark")
DONE = Text("已完成", "Done")
NOT_DONE = Text("没能完成，请再试一次。", "That did not work; please try once more.")

CONFIDENCE = Text("把握：{step}", "Confidence: {step}")
CONFIDENCE_NUMBER = Text("估计有 {percent}% 的可能答对", "an estimated {percent}% chance of being right")
# By the least probability, highest first.
CONFIDENCE_STEPS = (
    (0.7, Text("高", "high")),
    (0.4, Text("中", "medium")),
    (0.0, Text("低，请核对原文", "low, please check the source")),
)

ABSTENTION = Text(
    "抱歉，文章里没有找到这个问题的答案。换个说法再问，或许会有收获。",
    "Sorry, the article does not seem to answer this. Asking in other words may help.",
)
NEAREST_NOTE = Text(
    "最相近的段落列在“出处”里，供参考。",
    "The closest passages are listed under Sources, in case they help.",
)
REFUSALS: dict[str, Text] = {
    "empty": Text("请先输入一个问题。", "Please type a question first."),
    "too_long": Text("这个问题太长了，请缩短后再问。", "This question is too long; please shorten it."),
    "no_words": Text(
        "这个问题里没有文字，请用词语来问。", "There are no words in this question; please ask it in words."
    ),
    "too_many_questions": Text(
        "问得太快了，请过一会儿再问。", "That was a lot of questions at once; please wait a moment."
    ),
    "busy": Text(
        "现在提问的人太多，请稍后再试。", "Too many people are asking just now; please try again in a moment."
    ),
    "timeout": Text("这次回答用时太久，请再试一次。", "This answer took too long; please try once more."),
    "stopping": Text("服务正在重启，请稍后再试。", "The server is restarting; please try again in a moment."),
    "no_such_article": Text(
        "这里没有这篇文章；也许它改了名字，或已被移走。",
        "This article is not here; perhaps it was renamed or taken away.",
    ),
    "failed": Text("出了点问题，这次没能回答，请再试一次。", "Something went wrong on our side; please try once more."),
}
REFUSED = Text("这个问题无法处理，请换个说法。", "This question cannot be answered as it is; please rephrase it.")

SAMPLE_OVERVIEW = Text("《{title}》主要讲了什么？", 'What is "{title}" mainly about?')
SAMPLE_SPEAKER = Text("谁谈了“{heading}”？", 'Who speaks about "{heading}"?')
SAMPLE_OPINION = Text("{expert}的主要观点是什么？", "What is {expert}'s main point?")

WIDGET_TITLE = Text("问问这篇文章", "Ask this article")
CLOSE = Text("关闭", "Close")
OFFLINE = Text("连不上服务器，请稍后再试。", "The server cannot be reached; please try again in a moment.")
SCRIPT_NEEDED = Text("这个页面需要 JavaScript。", "This page needs JavaScript.")
