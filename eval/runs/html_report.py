"""A run as one self-contained page: figures, curves, and every question, the failures first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from html import escape
from itertools import groupby
from typing import Any

from eval.runs.outcome import FAILURES, Outcome
from eval.runs.plots import run_plots
from eval.runs.report_texts import Language, name_of, word
from eval.runs.run_manifest import RunManifest

# The page stays under two million bytes, whatever is quoted; answers.xlsx has all of it.
_LISTED = 1000
_PAGE_BYTES = 1_950_000
_LISTED_GROUPS = 30
_LONGEST = 160
_CONTEXT = 30
_QUOTES = 2
_STYLE = """
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1e293b; background: #fff;
  font: 15px/1.7 "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", system-ui, sans-serif }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 1.5rem }
th, td { padding: 4px 8px; border-bottom: 1px solid #e2e8f0; text-align: left; vertical-align: top }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
.plots { display: flex; flex-wrap: wrap; gap: 1rem }
figure { margin: 0 } figcaption { font-weight: 600 }
mark { background: #fdf1c4; color: inherit; print-color-adjust: exact }
.context { color: #475569 } .meta { color: #475569; font-size: 0.85rem }
.heading th { background: #f1f5f9; break-after: avoid; print-color-adjust: exact }
.wrong { border-left: 4px solid #b45309 } label { margin-right: 1rem } blockquote { margin: 4px 0 4px 12px }
@media print { form { display: none } tr { break-inside: avoid } }
"""
_SCRIPT = """
const form = document.querySelector("form");
form.addEventListener("input", () => {
  const { failure, text } = Object.fromEntries(new FormData(form));
  for (const body of document.querySelectorAll("#questions tbody")) {
    let shown = 0;
    for (const row of body.querySelectorAll("tr[data-failure]")) {
      const fits = (!failure || row.dataset.failure === failure) && row.textContent.includes(text);
      row.hidden = !fits;
      shown += fits;
    }
    body.hidden = !shown;
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
    figures = "".join(
        (
            f"<h1>{escape(title)}</h1>",
            _summary(metrics, language),
            f'<div class="plots">{"".join(run_plots(metrics, language))}</div>',
            _failures(metrics, language),
            _figures("measures", "mean", metrics, language),
            _figures("aggregates", "value", metrics, language),
            _groups(metrics, language),
        )
    )
    run = _run(manifest, language)
    room = _PAGE_BYTES - len((figures + run).encode("utf-8", "replace"))
    table = _table(outcomes, answered, texts, language, room)
    tag = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html><html lang="{tag}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        # Whatever an article or a question holds, the page asks no server for anything.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'; script-src-attr 'none'\">"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>{figures}{table}{run}"
        f"<script>{_SCRIPT}</script></body></html>\n"
    )


def _summary(metrics: Mapping[str, Any], language: Language) -> str:
    facts = [word(key, language).format(count=metrics[key]) for key in ("questions", "judged")]
    if correct := metrics["measures"].get("correct"):
        facts.append(f"{word('correct', language)} {correct['mean']:.1%}")
    latency = metrics["latency"]
    if latency:
        times = ", ".join(f"{name} {value:.0f}" for name, value in latency.items())
        facts.append(f"{word('latency', language)}: {times}")
    return f"<h2>{word('summary', language)}</h2><p>{escape(' · '.join(facts))}</p>"


def _failures(metrics: Mapping[str, Any], language: Language) -> str:
    counts = dict(metrics["failures"])
    marked = counts.pop("wrong span")
    rows = "".join(
        f'<tr><td>{word(name, language)}</td><td class="number">{count}</td></tr>'
        for name, count in counts.items()
        if count
    )
    table = f"<h2>{word('failures', language)}</h2><table><tbody>{rows}</tbody></table>" if rows else ""
    return table + (f"<p>{word('marked', language).format(count=marked)}</p>" if marked else "")


def _figures(kind: str, value: str, metrics: Mapping[str, Any], language: Language) -> str:
    """The table of one kind of figures, whose values are means or not."""
    heads = "".join(f'<th class="number">{word(key, language)}</th>' for key in (value, "interval", "count"))
    head = f"<th>{word('measure', language)}</th>{heads}"
    rows = "".join(
        f'<tr><td>{escape(name_of(name, language))}</td><td class="number">{_value(name, values["mean"])}</td>'
        f'<td class="number">{_interval(name, values)}</td><td class="number">{values["n"]}</td></tr>'
        for name, values in metrics[kind].items()
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<h2>{word(kind, language)}</h2>{table}" if rows else ""


def _value(name: str, value: float) -> str:
    return f"{value:.0f}" if name.endswith(" ms") else f"{value:.3f}"


def _interval(name: str, values: Mapping[str, Any]) -> str:
    return f"{_value(name, values['low'])}–{_value(name, values['high'])}"


def _groups(metrics: Mapping[str, Any], language: Language) -> str:
    parts = [_group_table(name, groups, language) for name, groups in metrics["groups"].items() if len(groups) > 1]
    return f"<h2>{word('groups', language)}</h2>{''.join(parts)}" if parts else ""


def _group_table(name: str, groups: Mapping[str, Any], language: Language) -> str:
    """The largest groups, each with what decides whether it is served well; a dash where that is not known."""
    largest = sorted(groups.items(), key=lambda item: -item[1]["questions"])
    columns = (word("count", language), *(name_of(column, language) for column in _GROUP_COLUMNS))
    heads = "".join(f'<th class="number">{column}</th>' for column in columns)
    head = f"<th>{name_of(name, language)}</th>{heads}"
    rows = "".join(
        f'<tr><td>{escape(_cut(group))}</td><td class="number">{values["questions"]}</td>'
        f"{''.join(_group_cell(column, values) for column in _GROUP_COLUMNS)}</tr>"
        for group, values in largest[:_LISTED_GROUPS]
    )
    more = len(groups) - _LISTED_GROUPS
    note = f"<p>{word('more groups', language).format(count=more)}</p>" if more > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{note}"


_GROUP_COLUMNS = ("correct", "F1", "abstention F1", "risk-coverage area", "calibration error")


def _group_cell(column: str, values: Mapping[str, Any]) -> str:
    found = values["measures"].get(column) or values["aggregates"].get(column)
    if not found:
        return '<td class="number">–</td>'
    mean, interval = _value(column, found["mean"]), _interval(column, found)
    return f'<td class="number">{mean} <span class="meta">{interval}</span></td>'


def _table(
    outcomes: Sequence[Outcome],
    answered: Iterable[tuple[Outcome, Mapping[str, Any]]],
    texts: Mapping[str, str],
    language: Language,
    room: int,
) -> str:
    """The questions under a heading for each failure, as many as there is room for, in bytes."""
    order = sorted(range(len(outcomes)), key=lambda place: (_rank(outcomes[place]), place))[:_LISTED]
    wanted = set(order)
    kept = {place: pair for place, pair in enumerate(answered) if place in wanted}
    rows = _within_budget((_row(*kept[place], texts, language) for place in order), room)
    counts = Counter(map(_state, outcomes))
    bodies = "".join(
        f'<tbody><tr class="heading"><th colspan="2">{word(state, language)} ({counts[state]})</th></tr>'
        f"{''.join(row for _, row in listed)}</tbody>"
        for state, listed in groupby(zip(order, rows, strict=False), key=lambda placed: _state(outcomes[placed[0]]))
    )
    cut = f"<p>{word('cut', language).format(shown=len(rows))}</p>" if len(outcomes) > len(rows) else ""
    return f'<h2>{word("table", language)}</h2>{_form(counts, language)}{cut}<table id="questions">{bodies}</table>'


def _form(counts: Mapping[str, int], language: Language) -> str:
    options = "".join(f'<option value="{name}">{word(name, language)}</option>' for name in counts)
    return (
        f'<form><label>{word("filter", language)} <select name="failure"><option value="">{word("all", language)}'
        f'</option>{options}</select></label><input name="text" aria-label="{word("filter", language)}"></form>'
    )


def _within_budget(rows: Iterable[str], room: int) -> list[str]:
    """The first rows, as many as the page has room for."""
    kept, used = [], 0
    for row in rows:
        used += len(row.encode("utf-8", "replace"))
        if used > room:
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
        f"<tr><td>{escape(name_of(name, language))}</td><td>{_told(value, language)}</td></tr>"
        for name, value in asdict(manifest).items()
    )
    return f"<h2>{word('run', language)}</h2><table><tbody>{rows}</tbody></table>"


def _told(value: object, language: Language) -> str:
    """A value of the manifest, one line for each of several."""
    if isinstance(value, Mapping):
        return "<br>".join(f"{escape(name_of(name, language))}: {_told(one, language)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return "<br>".join(escape(str(one)) for one in value)
    return escape(str(value))


def _state(outcome: Outcome) -> str:
    if outcome.failure:
        return outcome.failure
    return "unjudged" if outcome.correct is None else "right"


def _rank(outcome: Outcome) -> int:
    return FAILURES.index(outcome.failure) if outcome.failure else len(FAILURES) + (outcome.correct is None)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
