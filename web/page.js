// Runs first of all scripts: it tells Gradio which language to speak before Gradio asks.
const yinju = (() => {
  const root = document.documentElement;

  // Storage throws where the browser blocks it; then a choice holds for this page only.
  function remembered(key) {
    try {
      return localStorage.getItem(`yinju-${key}`);
    } catch {
      return null;
    }
  }

  function remember(key, value) {
    try {
      localStorage.setItem(`yinju-${key}`, value);
    } catch {
      // As above.
    }
  }

  // Language

  const address = new URLSearchParams(location.search);
  const preferred = address.get("lang") || remembered("language") || navigator.language || "";
  let current = /^zh/i.test(preferred) ? "zh" : "en";

  function show(language) {
    current = language;
    root.dataset.language = language;
    root.lang = language === "zh" ? "zh-CN" : "en";
  }

  // Gradio knows exact codes only: "zh" and "zh-HK" would fall to English.
  function tellGradio() {
    const code = current === "zh" ? "zh-CN" : "en";
    Object.defineProperty(navigator, "language", { get: () => code });
    Object.defineProperty(navigator, "languages", { get: () => [code] });
  }

  // The sentences that this script says, which stand in the page's head.
  function text(name) {
    return JSON.parse(document.querySelector('meta[name="yinju-texts"]').content)[name][current];
  }

  // What `language` labels its buttons with; `labels` holds one list of updates a language.
  function speak(language, labels) {
    show(language);
    remember("language", language);
    const here = new URL(location.href);
    if (here.searchParams.has("lang")) {
      here.searchParams.set("lang", language);
      history.replaceState(history.state, "", here);
    }
    return labels[language];
  }

  // Light and dark

  function switchTheme() {
    const dark = document.body.classList.toggle("dark");
    remember("theme", dark ? "dark" : "light");
  }

  function restoreTheme() {
    const theme = remembered("theme");
    if (theme) document.body.classList.toggle("dark", theme === "dark");
  }

  // The server: Gradio knows its address also behind a reverse proxy.

  const server = (path) => `${window.gradio_config?.root ?? location.origin}/${path}`;

  async function get(path, options) {
    const response = await fetch(server(path), options);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.text();
  }

  function post(path, body) {
    const headers = { "Content-Type": "application/json" };
    return get(path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  // Asking

  let sender = () => {};

  function onSend(send) {
    sender = send;
    const asked = address.get("q");
    if (asked) send(asked);
  }

  function send(question) {
    sender(question);
  }

  // Keeps the newest question at the top of the chat, so that a long answer is read from its beginning.
  function follow() {
    setTimeout(() => {
      const question = [...document.querySelectorAll("#chat .asked")].pop();
      const log = question?.closest('[role="log"]');
      if (log) log.scrollTop += question.getBoundingClientRect().top - log.getBoundingClientRect().top - 16;
    }, 50); // by then Gradio has drawn the messages
  }

  // After an answer its sources, and back to the box; but not on a phone, where a keyboard would pop up over it.
  function settle() {
    if (root.dataset.tab !== "evidence") openTab("evidence");
    if (matchMedia("(pointer: fine)").matches) document.querySelector("#question textarea")?.focus();
  }

  // Tabs

  function openTab(name) {
    root.dataset.tab = name;
    for (const tab of document.querySelectorAll("#tabs [role=tab]")) {
      const open = tab.getAttribute("aria-controls") === name;
      tab.setAttribute("aria-selected", String(open));
      tab.tabIndex = open ? 0 : -1;
    }
    for (const panel of ["evidence", "article"]) {
      const box = document.getElementById(panel);
      box?.setAttribute("role", "tabpanel");
      box?.setAttribute("aria-labelledby", `tab-${panel}`);
    }
    if (name === "article") return openArticle(document.getElementById("article-choice").value);
  }

  function onTabKey(event) {
    const tab = event.target.closest?.("#tabs [role=tab]");
    if (!tab || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const other = tab.nextElementSibling ?? tab.previousElementSibling;
    openTab(other.getAttribute("aria-controls"));
    other.focus();
  }

  // The article

  // The article that is shown or on its way, so that it is fetched once however often it is asked for.
  let opened = { id: null, box: null };

  // The box with the article in it; null where it could not be had, or another one was opened meanwhile.
  function openArticle(id) {
    document.getElementById("article-choice").value = id;
    if (opened.id !== id) opened = { id, box: loadArticle(id) };
    return opened.box;
  }

  async function loadArticle(id) {
    const box = document.getElementById("article-text");
    const html = await get(`page/articles/${encodeURIComponent(id)}`).catch(() => null);
    if (opened.id !== id) return null;
    if (html === null) {
      box.textContent = text("failed");
      opened = { id: null, box: null };
      return null;
    }
    box.innerHTML = html; // escaped by the server
    return box;
  }

  // The server counts code points, the browser UTF-16 units.
  const units = (text, points) => [...text].slice(0, points).join("").length;

  // Where the character at `offset` of the article stands; `last` finds the end of a range instead of its start.
  function pointAt(box, offset, last) {
    const blocks = [...box.querySelectorAll("[data-start]")];
    const block = blocks.filter((one) => Number(one.dataset.start) < offset + (last ? 0 : 1)).pop() ?? blocks[0];
    const text = block.firstChild;
    return { block, text, at: units(text.data, offset - Number(block.dataset.start)) };
  }

  async function showPlace(id, start, end) {
    openTab("article");
    const box = await openArticle(id);
    if (!box) return;
    const from = pointAt(box, start, false);
    const to = pointAt(box, end, true);
    const range = new Range();
    range.setStart(from.text, from.at);
    range.setEnd(to.text, to.at);
    if (window.Highlight) CSS.highlights.set("yinju-quote", new Highlight(range));
    flash(from.block);
    scrollTo(range, from.block);
  }

  function flash(block) {
    block.classList.remove("flash");
    void block.offsetWidth; // starts the animation again
    block.classList.add("flash");
    block.tabIndex = -1;
    block.focus({ preventScroll: true });
  }

  // On a wide page the panel scrolls, on a phone the page does.
  function scrollTo(range, block) {
    const panel = document.getElementById("article");
    if (panel.scrollHeight <= panel.clientHeight) block.scrollIntoView({ block: "center" });
    const { top } = range.getBoundingClientRect();
    if (panel.scrollHeight > panel.clientHeight) {
      panel.scrollTop += top - panel.getBoundingClientRect().top - panel.clientHeight / 3;
    } else {
      window.scrollBy(0, top - window.innerHeight / 3);
    }
  }

  // A quote's mark, or a passage; both say where they stand.
  function showQuote(id) {
    const mark = document.getElementById(id);
    if (!mark) return;
    const { document: article, start, end } = mark.dataset;
    return showPlace(article, Number(start), Number(end));
  }

  function showSection(link) {
    const heading = document.getElementById(link.hash.slice(1));
    heading.scrollIntoView({ block: "start" });
    flash(heading);
  }

  // Copying, exporting, votes

  // `text` may be on its way: Safari lets a page copy only what it is given while the click is handled.
  async function copyText(text) {
    if (!navigator.clipboard) return copySelected(await text);
    if (!window.ClipboardItem) return navigator.clipboard.writeText(await text);
    const plain = Promise.resolve(text).then((words) => new Blob([words], { type: "text/plain" }));
    return navigator.clipboard.write([new ClipboardItem({ "text/plain": plain })]);
  }

  // Plain http on another host than localhost has no clipboard API.
  function copySelected(text) {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    if (!copied) throw new Error("the browser does not let this page copy");
  }

  // Says on the button itself that it is done, or that it failed.
  async function acting(button, action) {
    try {
      await action();
      done(button, "done");
    } catch {
      done(button, "failed");
    }
  }

  function done(button, outcome) {
    button.classList.add(outcome);
    setTimeout(() => button.classList.remove(outcome), 2000);
    announce(text(outcome));
  }

  function announce(sentence) {
    let status = document.getElementById("yinju-status");
    if (!status) {
      status = document.createElement("div");
      status.id = "yinju-status";
      status.className = "unseen";
      status.setAttribute("role", "status");
      document.body.append(status);
    }
    status.textContent = sentence;
  }

  const turnOf = (link) => document.getElementById(`turn-${link.hash.split("-").pop()}`)?.dataset;

  // `turns` are the data of elements that say what was asked and what was typed.
  function exported(turns, form) {
    const questions = turns.map(({ question, asked }) => ({ question, asked }));
    return post("page/export", { questions, form, language: current });
  }

  async function download(form) {
    const turns = [...document.querySelectorAll("#evidence [data-question]")].map((turn) => turn.dataset).reverse();
    if (!turns.length) throw new Error("nothing to export");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([await exported(turns, form)]));
    link.download = form === "json" ? "yinju.json" : "yinju.md";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  const tools = {
    "copy-text": (turn) => copyText(exported([turn], "text")),
    "copy-markdown": (turn) => copyText(exported([turn], "markdown")),
    like: (turn) => post("page/vote", { question: turn.question, liked: true }),
    dislike: (turn) => post("page/vote", { question: turn.question, liked: false }),
    literally: async (turn) => send(turn.asked),
  };

  function useTool(link) {
    if (!link.hash) return acting(link, () => copyText(new URL(link.getAttribute("href"), location.href).href));
    const name = link.hash.slice(1).replace(/-\d+$/, "");
    const turn = turnOf(link);
    if (turn && tools[name]) return acting(link, () => tools[name](turn));
  }

  // Events of the whole page

  // Enter that ends an input method's composition chooses a word; 229 is the key code that Safari gives it.
  function onKey(event) {
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key === "Enter" && composing && event.target.closest?.("#question")) event.stopImmediatePropagation();
  }

  // What is clicked, and what that does; the first that fits.
  const clicks = [
    ['a[href^="#cite-"]', (link) => showQuote(link.hash.slice(1))],
    ["#chat a.tool", useTool],
    ["button[data-show]", (button) => showQuote(button.dataset.show)],
    ["button[data-copy]", (button) =>
      acting(button, () => copyText(document.getElementById(button.dataset.copy).textContent))],
    ["button[data-export]", (button) => acting(button, () => download(button.dataset.export))],
    ["button[data-theme-switch]", switchTheme],
    ["#tabs [role=tab]", (tab) => openTab(tab.getAttribute("aria-controls"))],
    [".outline a", showSection],
  ];

  function onClick(event) {
    for (const [selector, act] of clicks) {
      const target = event.target.closest?.(selector);
      if (!target) continue;
      event.preventDefault();
      act(target);
      return;
    }
  }

  // A selection from the chat or the sources is pasted as plain text, without colours and boxes.
  function onCopy(event) {
    const selection = getSelection();
    const from = selection.anchorNode?.parentElement;
    if (!from?.closest("#chat, #evidence, #article")) return;
    event.clipboardData.setData("text/plain", selection.toString());
    event.preventDefault();
  }

  show(current);
  tellGradio();
  root.dataset.tab = "evidence";
  for (const kind of ["keydown", "keypress"]) document.addEventListener(kind, onKey, true);
  document.addEventListener("keydown", onTabKey);
  document.addEventListener("click", onClick, true);
  document.addEventListener("copy", onCopy);
  document.addEventListener("change", (event) => {
    if (event.target.id === "article-choice") openArticle(event.target.value);
  });

  function ready() {
    restoreTheme();
    // Gradio calls this when it is done; by then somebody may have opened the other tab.
    openTab(root.dataset.tab);
    if (document.querySelector('meta[name="yinju-feedback"]')) root.dataset.feedback = "on";
    return current;
  }

  return { language: () => current, ready, speak, follow, settle, onSend, send };
})();
