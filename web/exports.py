"""Questions with their answers as text to take away: plain, Markdown and JSON."""

import json
from collections.abc import Sequence
from typing import Literal

from answer.answer import Answer, Citation
from web import texts
from web.texts import Text

ExportFormat = Literal["text", "markdown", "json"]
_MARKDOWN_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>#|~$&!"})


def export(answers: Sequence[Answer], form: ExportFormat, language: str) -> str:
    """The answers in order; `language`, "zh" or "en", is that of the words around them."""
    if form == "json":
        return json.dumps([answer.to_json() for answer in answers], ensure_ascii=False, indent=1)
    write = _as_text if form == "text" else _as_markdown
    return "\n\n".join(write(answer, language) for answer in answers) + "\n"


def _as_text(answer: Answer, language: str) -> str:
    if answer.abstained:
        return f"{answer.question}\n\n{texts.ABSTENTION.in_language(language)}"
    quotes = [f"{_mark(citation)}{citation.quote}\n    {_source(citation, language)}" for citation in answer.citations]
    return "\n\n".join((answer.question, *quotes))


def _as_markdown(answer: Answer, language: str) -> str:
    heading = f"### {_escaped(answer.question)}"
    if answer.abstained:
        return f"{heading}\n\n{texts.ABSTENTION.in_language(language)}"
    return "\n\n".join((heading, *(_markdown_quote(citation, language) for citation in answer.citations)))


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
    return "—— " + ("，" if language == "zh" else ", ").join(parts)


def _escaped(text: str) -> str:
    """`text` such that a Markdown reader shows it as it is."""
    return text.translate(_MARKDOWN_SIGNS)
