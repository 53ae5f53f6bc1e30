// The small chat inside the frame. It talks to its own server, and to the page around it by messages.
const texts = JSON.parse(document.body.dataset.texts);
const address = new URLSearchParams(location.search);
const host = address.get("host"); // the origin of the page around, as the loader gives it
const article = address.get("article") || null; // the id of the one that is asked; null asks all
const log = document.getElementById("log");
const form = document.getElementById("ask");
const box = document.getElementById("question");
const welcome = log.firstElementChild;
let language = /^zh/i.test(address.get("lang") || navigator.language) ? "zh" : "en";
let turn = 0;
let earlier = "";

function speak(chosen) {
  language = chosen;
  document.documentElement.dataset.language = chosen;
  document.documentElement.lang = chosen === "zh" ? "zh-CN" : "en";
  box.placeholder = texts.placeholder[chosen];
}

function paint() {
  const theme = address.get("theme");
  const dark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.toggle("dark", dark);
}

function tell(type, detail = {}) {
  if (host && parent !== window) parent.postMessage({ source: "yinju", type, ...detail }, host);
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (response.ok) return response;
  const { error } = await response.json();
  throw Object.assign(new Error(error.message), { code: error.code });
}

async function ask(question, literally = false) {
  if (form.hidden || form.classList.contains("busy")) return;
  lock(true);
  const asked = element("div", "asked", question);
  const said = element("div", "said reading", texts.reading[language]);
  log.append(asked, said);
  asked.scrollIntoView({ block: "start" });
  try {
    const response = await post("page/turn", { question, earlier, number: turn + 1, literally, article });
    settle(await response.json(), question, said);
  } catch (error) {
    refuse(error, question, asked, said);
  }
  asked.scrollIntoView({ block: "start" });
  lock(false);
}

function settle(answer, question, said) {
  turn += 1;
  earlier = answer.question;
  welcome.remove();
  for (const old of log.querySelectorAll(".follow-ups")) old.remove();
  said.className = "said";
  // All of it is escaped by the server.
  said.innerHTML = `${answer.answer}<details class="sources"><summary>${texts.sources[language]}</summary>${answer.evidence}</details>${answer.follow_ups}`;
  said.dataset.question = answer.question;
  said.dataset.asked = question;
  tell("answer", { question: answer.question, abstained: answer.abstained });
}

function refuse(error, question, asked, said) {
  asked.remove();
  said.className = "said refusal";
  said.textContent = (texts[error.code] ?? (error.code ? texts.refused : texts.offline))[language];
  said.setAttribute("role", "alert");
  if (!box.value) box.value = question;
}

function lock(busy) {
  form.classList.toggle("busy", busy);
  box.readOnly = busy;
  form.querySelector("button").disabled = busy;
  if (!busy && matchMedia("(pointer: fine)").matches && document.hasFocus()) box.focus();
}

function cite(badge) {
  const said = badge.closest(".said");
  const mark = said.querySelector(`[id="${badge.hash.slice(1)}"]`);
  said.querySelector(".sources").open = true;
  mark.scrollIntoView({ block: "center" });
  mark.focus({ preventScroll: true });
  const { document: id, start, end } = mark.dataset;
  tell("citation", { article: id, start: Number(start), end: Number(end), quote: mark.textContent });
}

// `text` may be on its way: Safari lets a page copy only what it is given while the click is handled.
async function copy(text) {
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

async function written({ question, asked }, style) {
  const questions = [{ question, asked }];
  return (await post("page/export", { questions, form: style, language, article })).text();
}

const tools = {
  "copy-text": (turn) => copy(written(turn, "text")),
  "copy-markdown": (turn) => copy(written(turn, "markdown")),
  like: ({ question }) => post("page/vote", { question, liked: true, article }),
  dislike: ({ question }) => post("page/vote", { question, liked: false, article }),
  literally: ({ asked }) => ask(asked, true),
};

// Says on the button itself that it is done, or that it failed.
async function acting(button, action) {
  try {
    await action();
    button.classList.add("done");
  } catch {
    button.classList.add("failed");
  }
  setTimeout(() => button.classList.remove("done", "failed"), 2000);
}

function use(tool) {
  const turnOf = tool.closest(".said").dataset;
  const name = tool.hash.slice(1).replace(/-\d+$/, "");
  const act = tools[name] ?? (({ question }) => copy(linkTo(question)));
  return acting(tool, () => act(turnOf));
}

// The whole page asks all articles, so a link to what one of them answers leads to a chat about it.
function linkTo(question) {
  const link = new URL(article ? "widget" : "./", location.href);
  if (article) link.searchParams.set("article", article);
  link.searchParams.set("q", question);
  return link.href;
}

function fresh() {
  turn = 0;
  earlier = "";
  log.replaceChildren(welcome);
}

log.addEventListener("click", (event) => {
  const badge = event.target.closest('a[href^="#cite-"]');
  const tool = event.target.closest("a.tool");
  const question = event.target.closest("button[data-zh]");
  const quote = event.target.closest("button[data-copy]");
  if (badge || tool) event.preventDefault();
  if (badge) cite(badge);
  else if (tool) use(tool);
  else if (question) ask(question.dataset[language], true);
  else if (quote) acting(quote, () => copy(document.getElementById(quote.dataset.copy).textContent));
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = box.value;
  box.value = "";
  ask(question);
});

box.addEventListener("keydown", (event) => {
  // Enter that ends an input method's composition chooses a word; 229 is the key code that Safari gives it.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  form.requestSubmit();
});

document.getElementById("language").addEventListener("click", () => speak(language === "zh" ? "en" : "zh"));
document.getElementById("new").addEventListener("click", fresh);
document.getElementById("close").addEventListener("click", () => tell("close"));
document.addEventListener("keydown", (event) => event.key === "Escape" && tell("close"));

window.addEventListener("message", (event) => {
  if (event.origin !== host || event.source !== parent || event.data?.source !== "yinju-host") return;
  if (event.data.type === "ask" && typeof event.data.question === "string") ask(event.data.question, true);
  if (event.data.type === "open") box.focus();
});

if (host === null || address.has("inline")) document.getElementById("close").hidden = true;
if (address.get("title")) document.querySelector("h1").textContent = address.get("title");
if (address.has("inline")) {
  // The root is never lower than the frame, so that only the body tells when there is less to show.
  const height = () => Math.ceil(document.body.getBoundingClientRect().height);
  new ResizeObserver(() => tell("size", { height: height() })).observe(document.body);
  document.documentElement.classList.add("inline");
}
speak(language);
paint();
tell("ready");
if (address.get("q")) ask(address.get("q"), true);
