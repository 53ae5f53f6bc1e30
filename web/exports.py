"""Questions, as typed and as understood, with their answers as text to take away: plain, Markdown and JSON."""

import json
from collections.abc import Sequence
from typing import Literal

from answer.answer import Citation
from web import texts
from web.conversation import Understood
from web.texts import Text

ExportFormat = Literal["text", "markdown", "json"]
_MARKDOWN_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>#|~$&!"})


def export(answers: Sequence[Understood], form: ExportFormat, language: str) -> str:
    """The answers in order; `language`, "zh" or "en", is that of the words around them."""
    if form == "json":
        written = [{"asked": one.asked or one.question, **one.answer.to_json()} for one in answers]
        return json.dumps(written, ensure_ascii=False, indent=1)
    write = _as_text if form == "text" else _as_markdown
    return "\n\n".join(write(one, language) for one in answers) + "\n"


def _as_text(one: Understood, language: str) -> str:
    if one.answer.abstained:
        said = [texts.ABSTENTION.in_language(language)]
    else:
        said = [f"{_mark(quote)}{quote.quote}\n    {_source(quote, language)}" for quote in one.answer.citations]
    return "\n\n".join((*_questions(one, language), *said))


def _as_markdown(one: Understood, language: str) -> str:
    typed, *understood = (_escaped(question) for question in _questions(one, language))
    if one.answer.abstained:
        said = [texts.ABSTENTION.in_language(language)]
    else:
        said = [_markdown_quote(citation, language) for citation in one.answer.citations]
    return "\n\n".join((f"### {typed}", *understood, *said))


def _questions(one: Understood, language: str) -> tuple[str, ...]:
    """What was typed and, where another question was answered, which."""
    if not one.asked:
        return (one.question,)
    return (one.asked, texts.UNDERSTOOD.fill(question=one.question).in_language(language))


def _markdown_quote(citation: Citation, language: str) -> str:
    lines = (*_escaped(citation.quote).split("\n"), "", _escaped(_source(citation, language)))
    return "\n".join(f"> {line}" for line in lines)


def _mark(citation: Citation) -> str:
    return f"[{citation.number}] "


def _source(citation: Citation, language: str) -> str:
    """Who said it and where it stands: `——陈刚，职务，《标题》，第 3 行`."""
    line = texts.LINE.fill(line=citation.source_line).in_language(language)
    title = Text("《{title}》", '"{title}"').fill(title=citation.title).in_language(language) if citation.title else ""
    parts = [part for part in (citation.expert, citation.affiliation, title, line) if part]
    return "—— " + texts.COMMA.in_language(language).join(parts)


def _escaped(text: str) -> str:
    """`text` such that a Markdown reader shows it as it is."""
    return text.translate(_MARKDOWN_SIGNS)
