"""`python -m eval.make_questions ARTICLE --output DRAFTS.jsonl`: drafts of questions for a person to edit.

Every draft is made of the article's own headings, names and figures and carries the words that answer it; none is meant
to be used as it is.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import regex

from answer.enumeration import enumerations
from ingest.document import Document, Section, Span
from ingest.errors import YinjuError
from ingest.loaders import load_document
from ingest.sentences import sentence_spans

_UNITS = "%|％|美元|人民币|亿元|元|吨|公里|千瓦|兆瓦|个国家|家|个|人|年|倍|percent|million|billion"
# A figure with what is counted: digits, a magnitude, a unit or a sign.
_FIGURE = regex.compile(rf"(?<![\d.])\d[\d,.]*\s?(?:[万亿千百]+\s?)?(?:{_UNITS})")
_FIGURES_OF_SECTION = 4


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status: 0; 2 for an article that cannot be read or a file that cannot be written."""
    parser = argparse.ArgumentParser(prog="python -m eval.make_questions", description="Draft a question file.")
    parser.add_argument("article", type=Path, help="the article: a .txt or .md file")
    parser.add_argument("--output", type=Path, required=True, help="the drafts, one JSON object a line")
    options = parser.parse_args(argv)
    try:
        drafts = list(draft_questions(load_document(options.article)))
        _write(options.output, drafts)
    except YinjuError as error:
        print(f"make_questions: {error}", file=sys.stderr)
        return 2
    print(f"{len(drafts)} drafts in {options.output}: edit every question, check every answer, delete what is no use")
    return 0


def draft_questions(document: Document) -> Iterator[dict[str, object]]:
    """Drafts from the article's sections, each with the span of its answer in `Document.text`."""
    number = 0
    for section in document.sections:
        for draft in _from_section(document, section):
            number += 1
            place = {"expert": section.expert, "section": section.heading, "draft": True}
            yield {"id": f"draft-{number:03}", "language": "zh" if _is_chinese(document.text) else "", **draft, **place}


def _from_section(document: Document, section: Section) -> Iterator[dict[str, object]]:
    text = document.text
    if section.question and section.paragraphs:
        yield _draft(section.question, "fact", text, _first_sentence(text, section.paragraphs[0]))
    if section.expert and section.heading:
        at = text.find(section.expert)
        if at >= 0:
            yield _draft(f"谁谈到了“{section.heading}”？", "speaker", text, Span(at, at + len(section.expert)))
    yield from _lists(text, section)
    yield from _figures(text, section)


def _lists(text: str, section: Section) -> Iterator[dict[str, object]]:
    part = section.span.of(text)
    paragraphs = [paragraph.shift(-section.span.start) for paragraph in section.paragraphs]
    for series in enumerations(part, sentence_spans(part), paragraphs):
        items = [item.of(part).strip() for item in series.items]
        lead = series.intro.of(part).rstrip("。：:") if series.intro else section.heading
        first = _draft(f"{lead}：有哪些？", "list", text, series.items[0].shift(section.span.start))
        yield {**first, "items": [item.partition("。")[0] for item in items]}


def _figures(text: str, section: Section) -> Iterator[dict[str, object]]:
    found = 0
    for sentence in (span for paragraph in section.paragraphs for span in _sentences(text, paragraph)):
        match = _FIGURE.search(sentence.of(text))
        if match and found < _FIGURES_OF_SECTION:
            found += 1
            answer = Span(match.start(), match.end()).shift(sentence.start)
            blank = f"{text[sentence.start : answer.start]}（多少）{text[answer.end : sentence.end]}"
            yield _draft(f"{blank.rstrip('。')}？", "figure", text, answer)


def _draft(question: str, type_: str, text: str, answer: Span) -> dict[str, object]:
    span = {"start": answer.start, "end": answer.end}
    return {"question": question, "type": type_, "answers": [answer.of(text)], "span": span}


def _first_sentence(text: str, paragraph: Span) -> Span:
    return next(iter(_sentences(text, paragraph)), paragraph)


def _sentences(text: str, paragraph: Span) -> list[Span]:
    return [span.shift(paragraph.start) for span in sentence_spans(paragraph.of(text))]


def _is_chinese(text: str) -> bool:
    return regex.search(r"\p{Han}{4}", text) is not None


def _write(path: Path, drafts: Sequence[dict[str, object]]) -> None:
    if not drafts:
        raise YinjuError("the article has no sections to draft questions from; write the questions by hand")
    try:
        path.write_text("".join(json.dumps(draft, ensure_ascii=False) + "\n" for draft in drafts), encoding="utf-8")
    except OSError as error:
        raise YinjuError(f"cannot write {path}: {error.strerror}; name another file with --output") from error


if __name__ == "__main__":
    sys.exit(main())
