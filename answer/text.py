"""An answer as plain text for a terminal."""

from answer.answer import Answer, Citation

_NEAREST = 3


def render_text(answer: Answer) -> str:
    """The quotes with their citations, or that the article does not answer, and then the nearest passages."""
    parts = [_quotes(answer) if answer.citations else _abstention(answer), _passages(answer)]
    return "\n\n".join(part for part in parts if part)


def _quotes(answer: Answer) -> str:
    blocks = [_quote(citation) for citation in answer.citations]
    return "\n\n".join([*blocks, f"置信度 confidence {answer.confidence:.2f}"])


def _quote(citation: Citation) -> str:
    """The quote, the words that answer once more below it, and where it stands."""
    focus = [f"    ▸ {' '.join(citation.exact.split())}"] if citation.focus else []
    return "\n".join([f"[{citation.number}] {citation.quote}", *focus, f"    {attribution(citation)}"])


def _abstention(answer: Answer) -> str:
    return (
        f"文章没有回答这个问题。The article does not answer this question.\n置信度 confidence {answer.confidence:.2f}"
    )


def _passages(answer: Answer) -> str:
    if not answer.passages:
        return ""
    title = "检索到的段落 Passages:" if answer.citations else "相近但并非答案的段落 Nearest passages, not an answer:"
    lines = [f"  {passage.rank}. {passage.chunk.id}  {_shortened(passage.chunk.text)}" for passage in answer.passages]
    return "\n".join([title, *lines[:_NEAREST]])


def attribution(citation: Citation) -> str:
    """Who says it, under which heading, and where it stands in the article."""
    expert = f"{citation.expert}（{citation.affiliation}）" if citation.affiliation else citation.expert
    place = f"第 {citation.source_line} 行 line {citation.source_line}, {citation.span.start}-{citation.span.end}"
    return " · ".join(part for part in ("— " + (expert or citation.title), citation.heading, place) if part)


def _shortened(text: str, most: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
