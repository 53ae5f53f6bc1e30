"""The operator's page as HTML: two tabs, which its script fills."""

import json

from web import texts
from web.markup import verbatim
from web.runs import words


def page_html() -> str:
    """The same for everybody: whatever is the operator's comes later, by the script."""
    said = json.dumps({name: text.by_language() for name, text in words.SCRIPT.items()}, ensure_ascii=False)
    return f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{verbatim(words.TITLE.zh)} · {verbatim(texts.TITLE)}</title>
<link rel="icon" href="favicon.ico">
<link rel="stylesheet" href="runs/assets/runs.css">
<script src="runs/assets/runs.js" defer></script>
</head>
<body data-texts="{verbatim(said)}">
<header>
<h1>{words.TITLE.html()}</h1>
<a href="./">{words.CHAT.html()}</a>
<button type="button" id="language">中 / En</button>
<button type="button" id="theme">{texts.THEME.html()}</button>
</header>
<noscript>{verbatim(texts.SCRIPT_NEEDED.zh)} {verbatim(texts.SCRIPT_NEEDED.en)}</noscript>
<form id="token" hidden>
<label for="token-value">{words.TOKEN.html()}</label>
<input id="token-value" type="password" autocomplete="off" required>
<button type="submit">{words.UNLOCK.html()}</button>
</form>
<main>
<div role="tablist">{_tab("batch", words.BATCH)}{_tab("evaluation", words.EVALUATION)}</div>
<p id="notice" role="alert"></p>
{_batch_html()}
{_evaluation_html()}
</main>
<div id="status" class="unseen" role="status"></div>
</body>
</html>
"""


def _tab(name: str, label: texts.Text) -> str:
    return f'<button type="button" role="tab" id="tab-{name}" aria-controls="{name}">{label.html()}</button>'


def _batch_html() -> str:
    return f"""<section id="batch" role="tabpanel" aria-labelledby="tab-batch">
<form id="upload">
<label for="file">{words.FILE.html()}</label>
<input id="file" type="file" accept=".jsonl,.csv,.tsv,.xlsx" required>
<button type="submit" class="primary">{words.START.html()}</button>
<p class="hint">{words.FILE_HINT.html()}</p>
</form>
<section id="run" hidden>
<h2 id="run-name"></h2>
<p><progress id="progress" max="1" value="0" aria-labelledby="run-name"></progress> <span id="run-state"></span>
<button type="button" id="stop">{words.STOP.html()}</button>
<button type="button" id="resume">{words.RESUME.html()}</button></p>
<p id="notices" class="hint"></p>
<p id="downloads"></p>
<p><label>{words.SHOW.html()} <select id="shown"></select></label></p>
<div class="scroller" tabindex="0" role="region" aria-labelledby="run-name"><table>
<thead><tr>{_head(words.ROW_HEAD)}</tr></thead><tbody id="rows"></tbody>
</table></div>
<p><button type="button" id="more">{words.MORE.html()}</button></p>
</section>
</section>"""


def _evaluation_html() -> str:
    return f"""<section id="evaluation" role="tabpanel" aria-labelledby="tab-evaluation">
<p class="hint">{words.EVALUATION_HINT.html()}</p>
<div class="scroller" tabindex="0" role="region" aria-labelledby="tab-evaluation"><table>
<thead><tr>{_head(words.RUN_HEAD)}</tr></thead><tbody id="runs"></tbody>
</table></div>
<div id="curves"></div>
<section id="comparison" hidden>
<h2>{words.COMPARISON.html()}</h2>
<p id="compared" class="hint"></p>
<ul id="changes" class="hint"></ul>
<div class="scroller" tabindex="0" role="region"><table>
<thead><tr>{_head(words.DIFFERENCE_HEAD)}</tr></thead><tbody id="differences"></tbody>
</table></div>
<div id="pairs"></div>
</section>
</section>"""


def _head(labels: tuple[texts.Text, ...]) -> str:
    return "".join(f'<th scope="col">{label.html()}</th>' for label in labels)
