"""The chat page: what is on it, and what happens when someone asks."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.events import api

from answer.question import QuestionError
from web import conversation, rendering, texts
from web.article_html import article_choice_html
from web.conversation import Refusal, Turns
from web.markup import verbatim
from web.problems import Problem
from web.samples import sample_questions
from web.service import WAITING, AnswerService
from web.texts import Text

Updates = dict[Any, Any]

# The samples' box sends every question that is taken literally: samples, follow-ups, what the address asks, and what
# is asked again as it was typed.
SEND_QUESTION = """
yinju.onSend((question) => trigger("select", { question }));
element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) yinju.send(button.dataset[yinju.language()]);
});
"""


@dataclass(frozen=True, slots=True)
class Widgets:
    """The parts of the page that change."""

    language: gr.Radio
    new_chat: gr.Button
    chat: gr.Chatbot
    box: gr.Textbox
    ask: gr.Button
    notice: gr.HTML
    samples: gr.HTML
    evidence: gr.HTML
    turns: gr.State

    def outputs(self) -> list[Any]:
        """Everything that a turn may change."""
        return [self.chat, self.box, self.ask, self.new_chat, self.notice, self.samples, self.evidence, self.turns]


def build_page(service: AnswerService, *, exposed: bool = True, runs: bool = False) -> gr.Blocks:
    """The page and, if `exposed`, the endpoint `ask`; theme and style sheet are given when it is mounted.

    With `runs` the page links to the operator's one.
    """
    documents = tuple(service.documents.values())
    samples = sample_questions(documents)
    with gr.Blocks(title=texts.TITLE, analytics_enabled=False, delete_cache=(3600, 3600)) as page:
        widgets = _lay_out(samples, article_choice_html(documents), runs=runs)
        _wire_language(page, widgets)
        _wire_chat(service, widgets, samples)
        if exposed:
            _expose(service)
    # More than the service lets wait: its sentence comes before Gradio's, which is in English alone.
    page.max_threads = 2 * WAITING
    page.queue(default_concurrency_limit=2 * WAITING, max_size=10 * WAITING)
    return page


def _lay_out(samples: tuple[Text, ...], article_choice: str, *, runs: bool) -> Widgets:
    with gr.Row(elem_id="top"):
        gr.HTML(_heading_html(), elem_id="heading")
        with gr.Row(elem_id="controls"):
            language = gr.Radio(
                list(texts.LANGUAGES), label=texts.LANGUAGE_LABEL, elem_id="language", container=False, min_width=0
            )
            new_chat = gr.Button(texts.NEW_CHAT.zh, size="sm", elem_id="new-chat", min_width=0)
            gr.HTML(_menu_html(runs), elem_id="menu", js_on_load=None)
    with gr.Row(elem_id="columns"):
        with gr.Column(scale=5, min_width=320):
            chat, box, ask, notice = _lay_out_chat()
            samples_box = gr.HTML(
                rendering.samples_html(samples, unfolded=True), elem_id="samples", js_on_load=SEND_QUESTION
            )
        with gr.Column(scale=4, min_width=320):
            gr.HTML(_tabs_html(), elem_id="tabs", js_on_load=None)
            evidence = gr.HTML(conversation.evidence(()), elem_id="evidence", js_on_load=None)
            gr.HTML(f'{article_choice}<div id="article-text"></div>', elem_id="article", js_on_load=None)
    return Widgets(language, new_chat, chat, box, ask, notice, samples_box, evidence, gr.State(()))


def _lay_out_chat() -> tuple[gr.Chatbot, gr.Textbox, gr.Button, gr.HTML]:
    chat = gr.Chatbot(
        [],
        elem_id="chat",
        show_label=False,
        height=None,
        placeholder=_welcome_html(),
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        group_consecutive_messages=False,
        autoscroll=False,
        layout="bubble",
    )
    with gr.Row(elem_id="ask-row"):
        box = gr.Textbox(
            label=texts.QUESTION_LABEL.zh,
            placeholder=texts.QUESTION_PLACEHOLDER.zh,
            elem_id="question",
            container=False,
            autofocus=False,
            max_lines=4,
            scale=1,
            min_width=0,
        )
        ask = gr.Button(texts.ASK.zh, variant="primary", elem_id="ask", scale=0, min_width=88)
    return chat, box, ask, gr.HTML("", elem_id="notice", js_on_load=None)


def _heading_html() -> str:
    subtitle = (
        f'<span lang="zh-CN">{verbatim(texts.SUBTITLE.zh)}</span> <span lang="en">{verbatim(texts.SUBTITLE.en)}</span>'
    )
    return f"<header><h1>{verbatim(texts.TITLE)}</h1><p>{subtitle}</p></header>"


def _welcome_html() -> str:
    return f'<div class="welcome"><p>{texts.WELCOME.html()}</p><p>{texts.WELCOME_HINT.html()}</p></div>'


def _menu_html(runs: bool) -> str:
    """Taking the conversation away, light or dark and, with `runs`, the way to the operator's page."""
    items = "".join(
        f'<li><button type="button" data-export="{form}">{verbatim(name)}</button></li>'
        for form, name in (("markdown", "Markdown"), ("json", "JSON"))
    )
    export = f'<details class="menu"><summary>{texts.EXPORT.html()}</summary><ul>{items}</ul></details>'
    operator = f'<a href="./runs">{texts.RUNS.html()}</a>' if runs else ""
    return f'{export}<button type="button" data-theme-switch>{texts.THEME.html()}</button>{operator}'


def _tabs_html() -> str:
    tabs = "".join(
        f'<button type="button" role="tab" id="tab-{name}" aria-controls="{name}">{label.html()}</button>'
        for name, label in (("evidence", texts.EVIDENCE), ("article", texts.ARTICLE))
    )
    return f'<div role="tablist">{tabs}</div>'


def _wire_language(page: gr.Blocks, widgets: Widgets) -> None:
    """Labels that cannot hold HTML follow the language switch in the browser, without asking the server."""
    labels = {
        language: [
            {"__type__": "update", "value": texts.ASK.by_language()[language]},
            {"__type__": "update", "value": texts.NEW_CHAT.by_language()[language]},
            {
                "__type__": "update",
                "label": texts.QUESTION_LABEL.by_language()[language],
                "placeholder": texts.QUESTION_PLACEHOLDER.by_language()[language],
            },
        ]
        for _, language in texts.LANGUAGES
    }
    page.load(None, None, widgets.language, js="() => yinju.ready()", api_visibility="private")
    widgets.language.change(
        None,
        widgets.language,
        [widgets.ask, widgets.new_chat, widgets.box],
        js=f"(language) => yinju.speak(language, {json.dumps(labels, ensure_ascii=False)})",
        api_visibility="private",
    )


def _wire_chat(service: AnswerService, widgets: Widgets, samples: tuple[Text, ...]) -> None:
    async def respond(
        typed: str | None, turns: Turns, event: gr.EventData, request: gr.Request
    ) -> AsyncIterator[Updates]:
        # A question in the page's address comes before the box has its value.
        typed = conversation.sendable(typed or "")
        sent = event.target is widgets.samples
        question = conversation.sendable(str(event.question)) if sent else typed
        yield _locked(widgets, samples, question, turns)
        client = request.client.host if request.client else ""
        outcome = await conversation.take_turn(service, client, question, turns, literally=sent)
        yield (
            _refused(widgets, outcome, typed, turns)
            if isinstance(outcome, Refusal)
            else _settled(widgets, samples, conversation.kept((*turns, outcome)))
        )

    # One listener for all three: "once" then holds for the page, and no second question overtakes the first.
    gr.on(
        [widgets.box.submit, widgets.ask.click, widgets.samples.select],
        respond,
        [widgets.box, widgets.turns],
        widgets.outputs(),
        trigger_mode="once",
        show_progress="hidden",
        api_visibility="private",
    ).then(None, None, None, js="() => yinju.settle()", api_visibility="private")
    widgets.chat.change(None, None, None, js="() => yinju.follow()", api_visibility="private")
    widgets.new_chat.click(
        lambda: _cleared(widgets, samples), None, widgets.outputs(), show_progress="hidden", api_visibility="private"
    )


def _expose(service: AnswerService) -> None:
    async def ask(question: str, request: gr.Request) -> dict[str, Any]:
        """The answer to a question, as JSON: quotes with their exact places, or none if the article has no answer."""
        try:
            service.admit(request.client.host if request.client else "")
            return (await service.ask(question)).to_json()
        except (QuestionError, Problem) as error:
            raise gr.Error(str(error), print_exception=False) from error

    api(ask, api_name="ask")


def _locked(widgets: Widgets, samples: tuple[Text, ...], question: str, turns: Turns) -> Updates:
    updates = {
        widgets.chat: conversation.messages(turns, pending=question),
        widgets.box: gr.update(value="", interactive=False),
        widgets.ask: gr.update(interactive=False),
        widgets.new_chat: gr.update(interactive=False),
        widgets.notice: "",
    }
    if question.strip():
        updates[widgets.samples] = rendering.samples_html(samples, unfolded=False)
    return updates


def _settled(widgets: Widgets, samples: tuple[Text, ...], turns: Turns) -> Updates:
    suggested = rendering.follow_ups_html(turns[-1].follow_ups)
    return {
        **_unlocked(widgets, ""),
        widgets.chat: conversation.messages(turns),
        widgets.samples: suggested + rendering.samples_html(samples, unfolded=False),
        widgets.evidence: conversation.evidence(turns),
        widgets.turns: turns,
    }


def _refused(widgets: Widgets, refusal: Refusal, typed: str, turns: Turns) -> Updates:
    """The question goes back into the box, where it can be mended."""
    return {
        **_unlocked(widgets, typed),
        widgets.chat: conversation.messages(turns),
        widgets.notice: rendering.note_html(refusal.reason, "refusal"),
    }


def _cleared(widgets: Widgets, samples: tuple[Text, ...]) -> Updates:
    return {
        **_unlocked(widgets, ""),
        widgets.chat: [],
        widgets.notice: "",
        widgets.samples: rendering.samples_html(samples, unfolded=True),
        widgets.evidence: conversation.evidence(()),
        widgets.turns: (),
    }


def _unlocked(widgets: Widgets, typed: str) -> Updates:
    return {
        widgets.box: gr.update(value=typed, interactive=True),
        widgets.ask: gr.update(interactive=True),
        widgets.new_chat: gr.update(interactive=True),
    }
