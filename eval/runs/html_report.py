"""A run as one self-contained page: figures, curves, and every question, the failures first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from html import escape
from typing import Any

from eval.runs.outcome import FAILURES, Outcome
from eval.runs.plots import run_plots
from eval.runs.report_texts import Language, word
from eval.runs.run_folder import RunManifest

# The page stays under two million bytes, whatever is quoted; answers.xlsx has all of it.
_LISTED = 1000
_LISTED_BYTES = 1_900_000
_LONGEST = 160
_CONTEXT = 30
_QUOTES = 2
_STYLE = """
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1e293b; background: #fff;
  font: 15px/1.7 "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", system-ui, sans-serif }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 1.5rem }
th, td { padding: 4px 8px; border-bottom: 1px solid #e2e8f0; text-align: left; vertical-align: top }
td.number { text-align: right; font-variant-numeric: tabular-nums }
.plots { display: flex; flex-wrap: wrap; gap: 1rem }
figure { margin: 0 } figcaption { font-weight: 600 }
mark { background: #fdf1c4; color: inherit } .context { color: #475569 } .meta { color: #475569; font-size: 0.85rem }
.wrong { border-left: 4px solid #b45309 } label { margin-right: 1rem } blockquote { margin: 4px 0 4px 12px }
@media print { form { display: none } tr { break-inside: avoid } }
"""
_SCRIPT = """
const form = document.querySelector("form");
form.addEventListener("input", () => {
  const { failure, text } = Object.fromEntries(new FormData(form));
  for (const row of document.querySelectorAll("#questions tbody tr")) {
    const fits = (!failure || row.dataset.failure === failure) && row.textContent.includes(text);
    row.hidden = !fits;
  }
});
"""


def report_html(
    manifest: RunManifest,
    metrics: Mapping[str, Any],
    outcomes: Sequence[Outcome],
    answered: Iterable[tuple[Outcome, Mapping[str, Any]]],
    texts: Mapping[str, str],
    language: Language,
) -> str:
    """The page. `outcomes` may be without their texts; `answered` are the same ones whole, each with its answer.

    `texts` are the articles' texts by id.
    """
    title = f"{word('title', language)}: {manifest.questions}"
    parts = (
        f"<h1>{escape(title)}</h1>",
        _summary(metrics, language),
        f'<div class="plots">{"".join(run_plots(metrics, language))}</div>',
        _failures(metrics, language),
        _measures(metrics["measures"], word("measure", language), language),
        _groups(metrics, language),
        _table(outcomes, answered, texts, language),
        _run(manifest, language),
    )
    tag = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html><html lang="{tag}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        # Whatever an article or a question holds, the page asks no server for anything.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'; script-src-attr 'none'\">"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>{''.join(parts)}"
        f"<script>{_SCRIPT}</script></body></html>\n"
    )


def _summary(metrics: Mapping[str, Any], language: Language) -> str:
    facts = [f"{metrics['questions']} {word('questions', language)}", f"{metrics['judged']} {word('judged', language)}"]
    if correct := metrics["measures"].get("correct"):
        facts.append(f"{word('correct', language)} {correct['mean']:.1%}")
    latency = metrics["latency"]
    if latency:
        times = ", ".join(f"{name} {value:.0f}" for name, value in latency.items())
        facts.append(f"{word('latency', language)}: {times}")
    return f"<h2>{word('summary', language)}</h2><p>{escape(' · '.join(facts))}</p>"


def _failures(metrics: Mapping[str, Any], language: Language) -> str:
    rows = "".join(
        f'<tr><td>{word(name, language)}</td><td class="number">{count}</td></tr>'
        for name, count in metrics["failures"].items()
        if count
    )
    return f"<h2>{word('failures', language)}</h2><table><tbody>{rows}</tbody></table>" if rows else ""


def _measures(measures: Mapping[str, Any], title: str, language: Language) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in (title, *(word(key, language) for key in _MEASURE_HEAD)))
    rows = "".join(
        f'<tr><td>{escape(name)}</td><td class="number">{values["mean"]:.3f}</td>'
        f'<td class="number">{values["low"]:.3f}–{values["high"]:.3f}</td><td class="number">{values["n"]}</td></tr>'
        for name, values in measures.items()
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


_MEASURE_HEAD = ("mean", "interval", "count")


def _groups(metrics: Mapping[str, Any], language: Language) -> str:
    parts = []
    for name, groups in metrics["groups"].items():
        rows = {
            group: values["measures"]["correct"] for group, values in groups.items() if "correct" in values["measures"]
        }
        if len(rows) > 1:
            parts.append(_measures(rows, f"{name}: {word('correct', language)}", language))
    return f"<h2>{word('groups', language)}</h2>{''.join(parts)}" if parts else ""


def _table(
    outcomes: Sequence[Outcome],
    answered: Iterable[tuple[Outcome, Mapping[str, Any]]],
    texts: Mapping[str, str],
    language: Language,
) -> str:
    order = sorted(range(len(outcomes)), key=lambda place: (_rank(outcomes[place]), place))[:_LISTED]
    wanted = set(order)
    kept = {place: pair for place, pair in enumerate(answered) if place in wanted}
    rows = _within_budget(_row(*kept[place], texts, language) for place in order)
    options = "".join(
        f'<option value="{name}">{word(name, language)}</option>' for name in dict.fromkeys(map(_state, outcomes))
    )
    form = (
        f'<form><label>{word("filter", language)} <select name="failure"><option value="">{word("all", language)}'
        f'</option>{options}</select></label><input name="text" aria-label="{word("filter", language)}"></form>'
    )
    cut = f"<p>{word('cut', language).format(shown=len(rows))}</p>" if len(outcomes) > len(rows) else ""
    table = f'<table id="questions"><tbody>{"".join(rows)}</tbody></table>'
    return f"<h2>{word('table', language)}</h2>{form}{cut}{table}"


def _within_budget(rows: Iterable[str]) -> list[str]:
    """The first rows, as many as the page has room for."""
    kept, used = [], 0
    for row in rows:
        used += len(row.encode("utf-8", "replace"))
        if used > _LISTED_BYTES:
            break
        kept.append(row)
    return kept


def _row(outcome: Outcome, answer: Mapping[str, Any], texts: Mapping[str, str], language: Language) -> str:
    state = _state(outcome)
    wrong = ' class="wrong"' if outcome.failure else ""
    citations = answer.get("citations", [])
    quotes = "".join(_quote(citation, texts, language) for citation in citations[:_QUOTES])
    if len(citations) > _QUOTES:
        quotes += f'<p class="meta">+{len(citations) - _QUOTES}</p>'
    said = quotes or f"<p>{escape(answer.get('error', {}).get('message', '') or word('no answer', language))}</p>"
    gold = f'<p class="meta">{word("gold", language)}: {escape(_cut(" | ".join(outcome.golds)))}</p>'
    meta = f"{outcome.id} · {word(state, language)} · {word('confidence', language)} {outcome.confidence:.2f}"
    return (
        f'<tr data-failure="{state}"{wrong}><td><strong>{escape(_cut(outcome.question))}</strong>'
        f'<p class="meta">{escape(meta)}</p>{gold if outcome.golds else ""}</td><td>{said}</td></tr>'
    )


def _quote(citation: Mapping[str, Any], texts: Mapping[str, str], language: Language) -> str:
    """A quote within the words around it, and where it stands."""
    text, span = texts[citation["document_id"]], citation["span"]
    before = text[max(0, span["start"] - _CONTEXT) : span["start"]].rpartition("\n")[2]
    after = text[span["end"] : span["end"] + _CONTEXT].partition("\n")[0]
    line = word("line", language).format(line=citation["source_line"])
    place = " · ".join(part for part in (citation["expert"], citation["heading"], line) if part)
    return (
        f'<blockquote><span class="context">{escape(before)}</span><mark>{escape(_cut(citation["quote"]))}</mark>'
        f'<span class="context">{escape(after)}</span><p class="meta">{escape(place)}</p></blockquote>'
    )


def _run(manifest: RunManifest, language: Language) -> str:
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{escape(str(value))}</td></tr>" for name, value in asdict(manifest).items()
    )
    return f"<h2>{word('run', language)}</h2><table><tbody>{rows}</tbody></table>"


def _state(outcome: Outcome) -> str:
    if outcome.failure:
        return outcome.failure
    return "unjudged" if outcome.correct is None else "right"


def _rank(outcome: Outcome) -> int:
    return FAILURES.index(outcome.failure) if outcome.failure else len(FAILURES) + (outcome.correct is None)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
