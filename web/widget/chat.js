// The small chat inside the frame. It talks to its own server, and to the page around it by messages.
const texts = JSON.parse(document.body.dataset.texts);
const address = new URLSearchParams(location.search);
const host = address.get("host"); // the origin of the page around, as the loader gives it
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
  if (form.classList.contains("busy")) return;
  lock(true);
  const asked = element("div", "asked", question);
  const said = element("div", "said reading", texts.reading[language]);
  log.append(asked, said);
  asked.scrollIntoView({ block: "start" });
  try {
    const response = await post("page/turn", { question, earlier, number: turn + 1, literally });
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
  const { document: article, start, end } = mark.dataset;
  tell("citation", { article, start: Number(start), end: Number(end), quote: mark.textContent });
}

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

async function written(question, style) {
  return (await post("page/export", { questions: [question], form: style, language })).text();
}

const tools = {
  "copy-text": async ({ question }) => copy(await written(question, "text")),
  "copy-markdown": async ({ question }) => copy(await written(question, "markdown")),
  like: ({ question }) => post("page/vote", { question, liked: true }),
  dislike: ({ question }) => post("page/vote", { question, liked: false }),
  literally: ({ asked }) => ask(asked, true),
};

async function use(tool) {
  const turnOf = tool.closest(".said").dataset;
  const name = tool.hash.slice(1).replace(/-\d+$/, "");
  const act = tools[name] ?? (({ question }) => copy(new URL(`./?q=${encodeURIComponent(question)}`, location.href).href));
  try {
    await act(turnOf);
    tool.classList.add("done");
  } catch {
    tool.classList.add("failed");
  }
  setTimeout(() => tool.classList.remove("done", "failed"), 2000);
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
  else if (question) ask(question.dataset[language]);
  else if (quote) copy(document.getElementById(quote.dataset.copy).textContent);
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
  if (event.data.type === "ask" && typeof event.data.question === "string") ask(event.data.question);
  if (event.data.type === "open") box.focus();
});

if (host === null || address.has("inline")) document.getElementById("close").hidden = true;
if (address.get("title")) document.querySelector("h1").textContent = address.get("title");
if (address.has("inline")) {
  new ResizeObserver(() => tell("size", { height: document.documentElement.scrollHeight })).observe(document.body);
  document.documentElement.classList.add("inline");
}
speak(language);
paint();
tell("ready");
if (address.get("q")) ask(address.get("q"));
