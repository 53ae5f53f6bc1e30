"""`python -m answer "question"`, `python -m answer --questions FILE --output FILE`, `python -m answer verify FILE`."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from answer.answer import Answer
from answer.answerer import QuestionAnswerer
from answer.batch import BatchQuestion, answer_all, read_questions
from answer.question import clean_question
from answer.readers import READERS
from answer.text import render_text
from answer.verify import NotVerified, verify_file
from index.opening import DEFAULT_INDEX, read_indexed_documents
from ingest.errors import YinjuError
from ingest.loaders import load_documents


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status: 0; 1 where verification fails; 2 for bad input. Errors are one line on standard error."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        if arguments[:1] == ["verify"]:
            return _verify(_verify_parser().parse_args(arguments[1:]))
        return _answer(_parser().parse_args(arguments))
    except YinjuError as error:
        print(f"answer: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader (`| head`) went away: keep the interpreter from failing again while it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m answer",
        description="Answer questions in the articles' own words.",
        epilog="`python -m answer verify ANSWERS.jsonl` checks every quote of a file of answers against its article.",
    )
    parser.add_argument("question", nargs="?", help="the question, in any language")
    parser.add_argument("--questions", type=Path, help="a file of questions instead, one JSON object a line")
    parser.add_argument("--output", type=Path, help="with --questions: the file for the answers, one a line")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON, in one line")
    parser.add_argument("--index", type=Path, help="folder of the index (default: data/index)")
    parser.add_argument("--articles", type=Path, help="an article or a folder of them (default: data/articles)")
    parser.add_argument("--model", help="sentence-transformers model, a folder or a name (default: the bundled one)")
    parser.add_argument("--reader", choices=READERS, default="auto", help="what finds the answer in the passages")
    return parser


def _verify_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m answer verify", description="Check quotes word for word.")
    parser.add_argument("answers", type=Path, help="a file of answers, one a line")
    parser.add_argument("--index", type=Path, help="folder of the index that holds the articles (default: data/index)")
    parser.add_argument("--articles", type=Path, help="read the articles from here instead of from an index")
    return parser


def _answer(arguments: argparse.Namespace) -> int:
    if (arguments.question is None) == (arguments.questions is None):
        raise YinjuError("give a question in quotation marks, or a file of questions with --questions")
    if (arguments.questions is None) != (arguments.output is None):
        raise YinjuError("--questions and --output go together: name a file of questions and one for their answers")
    # What is bad in the input is named before the model takes its seconds to load.
    questions = _checked_input(arguments)
    answerer = QuestionAnswerer.open(
        arguments.index, arguments.articles, arguments.model, arguments.reader, notice=_notice
    )
    if questions:
        return _answer_file(answerer, questions, arguments.output)
    answer = answerer.answer(arguments.question)
    print(_as_json(answer) if arguments.json else render_text(answer))
    return 0


def _checked_input(arguments: argparse.Namespace) -> Sequence[BatchQuestion]:
    if arguments.questions is None:
        clean_question(arguments.question)
        return ()
    if arguments.output.is_dir() or not arguments.output.parent.is_dir():
        raise YinjuError(f"cannot write {arguments.output}: name a file in a folder that exists with --output")
    return read_questions(arguments.questions)


def _answer_file(answerer: QuestionAnswerer, questions: Sequence[BatchQuestion], output: Path) -> int:
    beside = output.with_name(f".{output.name}.part")
    try:
        # In a JSON string, a lone surrogate of the question's file written as `\udc80` is what it was.
        with beside.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            answers = answer_all(answerer, questions)
            for answer in tqdm(answers, total=len(questions), unit="question", file=sys.stderr):
                file.write(json.dumps(answer, ensure_ascii=False) + "\n")
        beside.replace(output)
    except OSError as error:
        raise YinjuError(f"cannot write {output}: {error.strerror}; name another file with --output") from error
    finally:
        beside.unlink(missing_ok=True)
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    if arguments.articles:
        documents = load_documents(arguments.articles)
    else:
        documents = read_indexed_documents(arguments.index or DEFAULT_INDEX)
    try:
        verified = verify_file(arguments.answers, {document.id: document for document in documents})
    except NotVerified as error:
        print(f"verify: {error}", file=sys.stderr)
        return 1
    print(f"{verified.quotes} quotes in {verified.answers} answers stand word for word at their offsets")
    return 0


def _as_json(answer: Answer) -> str:
    return json.dumps(answer.to_json(), ensure_ascii=False)


def _notice(sentence: str) -> None:
    print(sentence, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
