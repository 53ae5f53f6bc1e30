"""`python -m eval.make_questions ARTICLE --output DRAFTS.jsonl`: drafts of questions for a person to edit.

Every draft is made of the article's own headings, names and figures and carries the words that answer it; none is meant
to be used as it is.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from answer.enumeration import enumerations
from eval.language import language_of
from ingest.document import Document, Section, Span
from ingest.errors import YinjuError
from ingest.loaders import load_document
from ingest.sentences import sentence_spans

_UNITS = "%|％|美元|人民币|亿元|元|吨|公里|千瓦|兆瓦|个国家|家|个|人|年|倍|percent|million|billion"
# A figure with what is counted: digits, a magnitude, a unit or a sign.
_FIGURE = regex.compile(rf"(?<![\d.])\d[\d,.]*\s?(?:[万亿千百]+\s?)?(?:{_UNITS})")
_YEAR = regex.compile(r"(?:1\d|20)\d\d\s?年")
_FIGURES_OF_SECTION = 4


@dataclass(frozen=True, slots=True)
class _Wording:
    """How drafts are worded: who speaks of a `{heading}`, what a `{lead}` leads in to, what stands for a figure."""

    speaker: str
    items: str
    figure: str
    question_mark: str


_CHINESE = _Wording("谁谈到了“{heading}”？", "{lead}：有哪些？", "（多少）", "？")
_ENGLISH = _Wording("Who speaks about “{heading}”?", "{lead}: what are they?", "(what figure)", "?")


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
    """Drafts from the article's sections, each with the span of its answer in `Document.text`.

    They are worded in Chinese for a Chinese article, in English for any other.
    """
    language = language_of(document.text)
    wording = _CHINESE if language == "zh" else _ENGLISH
    known = "" if language == "und" else language
    number = 0
    for section in document.sections:
        for draft in _from_section(document.text, section, wording):
            number += 1
            place = {"expert": section.expert, "section": section.heading, "draft": True}
            yield {"id": f"draft-{number:03}", "language": known, **draft, **place}


def _from_section(text: str, section: Section, wording: _Wording) -> Iterator[dict[str, object]]:
    if section.question and section.paragraphs:
        yield _draft(section.question, "fact", text, _first_sentence(text, section.paragraphs[0]))
    if section.expert and section.heading:
        at = text.find(section.expert)
        if at >= 0:
            asked = wording.speaker.format(heading=section.heading)
            yield _draft(asked, "speaker", text, Span(at, at + len(section.expert)))
    yield from _lists(text, section, wording)
    yield from _figures(text, section, wording)


def _lists(text: str, section: Section, wording: _Wording) -> Iterator[dict[str, object]]:
    part = section.span.of(text)
    paragraphs = [paragraph.shift(-section.span.start) for paragraph in section.paragraphs]
    for series in enumerations(part, sentence_spans(part), paragraphs):
        items = [item.of(part).strip() for item in series.items]
        lead = series.intro.of(part).rstrip("。：:.") if series.intro else section.heading
        first = _draft(wording.items.format(lead=lead), "list", text, series.items[0].shift(section.span.start))
        yield {**first, "items": [item.partition("。")[0] for item in items]}


def _figures(text: str, section: Section, wording: _Wording) -> Iterator[dict[str, object]]:
    """A few sentences with a figure, in their order; one that has only years where there are too few others."""
    found = [
        (sentence, figure)
        for paragraph in section.paragraphs
        for sentence in _sentences(text, paragraph)
        if (figure := _figure_in(text, sentence))
    ]
    chosen = sorted(found, key=lambda one: _is_year(one[1].of(text)))[:_FIGURES_OF_SECTION]
    for sentence, answer in sorted(chosen):
        blank = text[sentence.start : answer.start] + wording.figure + text[answer.end : sentence.end]
        yield _draft(blank.rstrip("。.") + wording.question_mark, "figure", text, answer)


def _figure_in(text: str, sentence: Span) -> Span | None:
    """The sentence's first figure that is no year, else its first year; None if it has neither."""
    figures = [Span(*match.span()).shift(sentence.start) for match in _FIGURE.finditer(sentence.of(text))]
    return min(figures, key=lambda figure: _is_year(figure.of(text)), default=None)


def _is_year(figure: str) -> bool:
    return _YEAR.fullmatch(figure) is not None


def _draft(question: str, type_: str, text: str, answer: Span) -> dict[str, object]:
    span = {"start": answer.start, "end": answer.end}
    return {"question": question, "type": type_, "answers": [answer.of(text)], "span": span}


def _first_sentence(text: str, paragraph: Span) -> Span:
    return next(iter(_sentences(text, paragraph)), paragraph)


def _sentences(text: str, paragraph: Span) -> list[Span]:
    return [span.shift(paragraph.start) for span in sentence_spans(paragraph.of(text))]


def _write(path: Path, drafts: Sequence[dict[str, object]]) -> None:
    if not drafts:
        raise YinjuError("the article has no sections to draft questions from; write the questions by hand")
    try:
        # Drafts that a person edited are hours of work: no file is written over.
        with path.open("x", encoding="utf-8") as file:
            file.writelines(json.dumps(draft, ensure_ascii=False) + "\n" for draft in drafts)
    except FileExistsError as error:
        raise YinjuError(f"{path} exists already; name another file with --output") from error
    except OSError as error:
        raise YinjuError(f"cannot write {path}: {error.strerror}; name another file with --output") from error


if __name__ == "__main__":
    sys.exit(main())
