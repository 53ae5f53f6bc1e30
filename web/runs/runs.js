// The operator's page: files of questions asked in the background, their results, and comparisons.
const texts = JSON.parse(document.body.dataset.texts);
const part = (id) => document.getElementById(id);
const root = document.documentElement;
let language = "zh";
let run = null; // the id of the run that the batch tab shows
let rows = []; // its answers, as far as they were fetched
let chosen = []; // the ids of the runs that the evaluation tab shows, in the order of their choice
let runs = [];
let pace = null; // when the shown run was first seen, and how many answers it had then
let under = false; // whether the shown run was under way when it was last looked at
const FETCHED = 1000; // rows that come by themselves; more when asked for

// Storage throws where the browser blocks it; then a choice holds for this page only.
function remembered(store, key) {
  try {
    return store.getItem(`yinju-${key}`);
  } catch {
    return null;
  }
}

function remember(store, key, value) {
  try {
    store.setItem(`yinju-${key}`, value);
  } catch {
    // As above.
  }
}

function say(name, fields = {}) {
  return Object.entries(fields).reduce((text, [key, value]) => text.replace(`{${key}}`, () => value), texts[name][language]);
}

// A measure, figure or setting; one that has no name of its own, as a library, as it is.
const named = (name) => (texts[`name ${name}`] ? say(`name ${name}`) : name);

function element(tag, text = "", attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

// The server

async function call(path, options = {}) {
  const token = remembered(sessionStorage, "token");
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const response = await fetch(`runs/${path}`, { ...options, headers });
  if (response.ok) return response;
  const { error } = await response.json();
  throw Object.assign(new Error(error.message), {
    status: response.status, code: error.code, chinese: error.message_zh,
  });
}

const json = async (path, options) => (await call(path, options)).json();
const of = (id, more = "") => `list/${encodeURIComponent(id)}${more}`;

// Runs `action`; what goes wrong is said where everybody sees it.
async function acting(action) {
  try {
    await action();
    part("notice").textContent = "";
  } catch (error) {
    tell(error);
  }
}

function tell(error) {
  if (error.status === 401) {
    part("notice").textContent = part("token").hidden ? "" : say("wrong token");
    part("token").hidden = false;
    part("token-value").focus();
  } else {
    if (!error.status) console.error(error);
    part("notice").textContent = error.status ? refusal(error) : say("offline");
  }
}

const refusal = ({ code, message, chinese }) => {
  const told = language === "zh" && chinese ? chinese : message;
  return texts[code] ? say(code, { message: told }) : told;
};

// Batch

async function upload() {
  const [file] = part("file").files;
  const query = new URLSearchParams({ name: file.name, language });
  const { id } = await json(`list?${query}`, { method: "POST", body: file });
  part("upload").reset();
  await show(id);
}

async function show(id) {
  run = id;
  rows = [];
  pace = null;
  under = false;
  await refresh();
}

async function refresh() {
  if (!run) return;
  const result = await json(of(run));
  if (result.id !== run) return;
  const ended = ["done", "stopped", "failed"].includes(result.state);
  if (ended && under) rows = []; // once more, with what became of each
  under = !ended;
  await fetchRows(Math.min(result.done, FETCHED));
  drawRun(result, ended);
  if (!ended) setTimeout(() => refresh().catch(tell), 1000);
  else part("status").textContent = `${result.name}: ${say(result.state)}`;
}

// Fetches answers until there are `wanted`, or no more.
async function fetchRows(wanted) {
  while (rows.length < wanted) {
    const more = await json(of(run, `/rows?start=${rows.length}`));
    if (!more.length) return;
    rows.push(...more);
  }
}

function drawRun(result, ended) {
  part("run").hidden = false;
  part("run-name").textContent = result.name;
  part("progress").max = Math.max(1, result.total);
  part("progress").value = result.done;
  part("run-state").textContent = [
    say(result.state), `${result.done} / ${result.total}`, timeLeft(result), result.error,
  ].filter(Boolean).join(" · ");
  part("stop").hidden = ended;
  part("resume").hidden = !result.resumable;
  part("notices").textContent = (result.notices ?? []).map((notice) => say("notice", { notice })).join("\n");
  part("downloads").replaceChildren(...downloads(result));
  part("more").hidden = !ended || rows.length >= result.done;
  drawFilter();
  drawRows();
}

function timeLeft({ state, done, total }) {
  pace ??= { at: Date.now(), done };
  if (state !== "running" || done - pace.done < 3) return "";
  const seconds = Math.ceil(((Date.now() - pace.at) / (done - pace.done)) * ((total - done) / 1000));
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return say("left", { time });
}

function downloads(result) {
  return result.files.map((name) => {
    const button = element("button", name, { type: "button" });
    button.addEventListener("click", () => acting(() => download(result.id, name)));
    return button;
  });
}

// A link could not carry the token.
async function download(id, name) {
  const link = element("a", "", { download: `${id}-${name}` });
  link.href = URL.createObjectURL(await (await call(of(id, `/files/${name}`))).blob());
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const filters = {
  all: () => true,
  wrong: (row) => row.failure !== "",
  abstained: (row) => row.text === null || row.error !== "",
};

function drawFilter() {
  const select = part("shown");
  const now = select.value || "all";
  const failures = [...new Set(rows.map((row) => row.failure).filter(Boolean))];
  select.replaceChildren(...[...Object.keys(filters), ...failures].map((name) => element("option", say(name), { value: name })));
  select.value = [...select.options].some((option) => option.value === now) ? now : "all";
}

function drawRows() {
  const name = part("shown").value;
  const fits = filters[name] ?? ((row) => row.failure === name);
  part("rows").replaceChildren(...rows.filter(fits).map(rowOf));
}

function rowOf(row) {
  const line = element("tr", "", row.failure ? { class: "wrong" } : {});
  const said = row.text === null || row.error
    ? element("td", row.error || say("none"), { class: "hint" })
    : element("td", row.text, { class: "quote" });
  const places = row.places.map(({ name, line: number }) => [name, say("line", { line: number })].filter(Boolean).join(" · "));
  line.append(
    element("td", row.id),
    element("td", row.question, { class: "question" }),
    said,
    element("td", [...new Set(places)].join("\n"), { class: "places" }),
    element("td", row.confidence.toFixed(2), { class: "number" }),
    element("td", row.failure ? say(row.failure) : row.correct ? say("right") : ""),
  );
  return line;
}

// Evaluation

async function list() {
  runs = await json("list");
  chosen = chosen.filter((id) => runs.some((one) => one.id === id));
  drawRuns();
  await drawChosen();
}

function drawRuns() {
  const empty = element("tr");
  empty.append(element("td", say("no runs"), { colspan: "6", class: "hint" }));
  part("runs").replaceChildren(...(runs.length ? runs.map(runRow) : [empty]));
}

function runRow(result) {
  const line = element("tr");
  const box = element("input", "", { type: "checkbox", "aria-label": say("choose", { name: result.id }) });
  box.checked = chosen.includes(result.id);
  box.disabled = !result.files?.includes("report.html");
  box.addEventListener("change", () => choose(result.id, box.checked));
  const open = element("button", say("open"), { type: "button" });
  open.addEventListener("click", () => acting(() => {
    openTab("batch");
    return show(result.id);
  }));
  const figures = Object.entries(result.figures ?? {}).map(([name, value]) => `${named(name)} ${value.toFixed(name === "p50 ms" ? 0 : 3)}`);
  const cells = [
    box, result.name, result.started?.replace("T", " ").slice(0, 16) ?? "",
    [say(result.state), `${result.done} / ${result.total}`, result.error].filter(Boolean).join(" · "),
    figures.join(" · "), [open, ...(result.files ? downloads(result) : [])],
  ];
  for (const cell of cells) {
    const held = element("td");
    held.append(...[cell].flat());
    line.append(held);
  }
  return line;
}

function choose(id, on) {
  chosen = chosen.filter((one) => one !== id);
  if (on) chosen = [...chosen, id].slice(-2);
  drawRuns();
  acting(drawChosen);
}

async function drawChosen() {
  const results = await Promise.all(chosen.map((id) => json(of(id, `?language=${language}`))));
  part("curves").replaceChildren(...results.map(curvesOf));
  part("comparison").hidden = chosen.length < 2;
  if (chosen.length < 2) return;
  const [first, second] = chosen;
  drawComparison(await json(`compare?${new URLSearchParams({ first, second })}`));
}

function curvesOf(result) {
  const box = element("section");
  box.append(element("h2", result.id));
  const plots = element("div", "", { class: "plots" });
  plots.innerHTML = result.curves.join(""); // drawn and escaped by the server
  box.append(plots);
  return box;
}

function drawComparison({ differences, settings, won, lost, only_before: before, only_after: after }) {
  const changes = Object.entries(settings).map(changeOf);
  part("compared").textContent = [
    chosen.join(" → "), before || after ? say("left out", { before, after }) : "", changes.length ? say("changed") : "",
  ].filter(Boolean).join(" · ");
  part("changes").replaceChildren(...changes);
  part("differences").replaceChildren(...differences.map((one) => {
    const line = element("tr");
    const signed = (value) => (value > 0 ? "+" : "") + value.toFixed(3);
    const cells = [
      named(one.measure), one.before.toFixed(3), one.after.toFixed(3), signed(one.change),
      `${signed(one.low)} … ${signed(one.high)}`, one.p_value.toFixed(3), String(one.questions),
    ];
    line.append(...cells.map((cell, place) => element("td", cell, place ? { class: "number" } : {})));
    return line;
  }));
  part("pairs").replaceChildren(...pairsOf("won", won), ...pairsOf("lost", lost));
}

function changeOf([name, values]) {
  const [before, after] = values.map((value) => (value === null || value === "" ? say("nothing") : String(value)));
  return element("li", say("change", { name: named(name), before, after }));
}

function pairsOf(name, { count, shown }) {
  if (!count) return [];
  const items = element("ul");
  items.append(...shown.map((pair) => {
    const item = element("li", pair.question);
    item.append(element("p", `− ${pair.before ?? say("none")}`), element("p", `+ ${pair.after ?? say("none")}`));
    return item;
  }));
  const heading = say(shown.length < count ? "first" : "every", { name: say(name), count, shown: shown.length });
  return [element("h3", heading), items];
}

// Tabs, language, theme

const tabs = [...document.querySelectorAll("[role=tab]")];

function openTab(name) {
  for (const tab of tabs) {
    const open = tab.getAttribute("aria-controls") === name;
    tab.setAttribute("aria-selected", String(open));
    tab.tabIndex = open ? 0 : -1;
    part(tab.getAttribute("aria-controls")).hidden = !open;
  }
  history.replaceState(null, "", `#${name}`);
}

function enter(name) {
  openTab(name);
  acting(name === "evaluation" ? list : refresh);
}

function speak(wanted) {
  language = wanted;
  root.dataset.language = wanted;
  root.lang = wanted === "zh" ? "zh-CN" : "en";
  remember(localStorage, "language", wanted);
  if (run) drawRows();
}

function paint(dark) {
  root.classList.toggle("dark", dark);
  remember(localStorage, "theme", dark ? "dark" : "light");
}

for (const tab of tabs) tab.addEventListener("click", () => enter(tab.getAttribute("aria-controls")));
document.querySelector("[role=tablist]").addEventListener("keydown", (event) => {
  if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
  const other = event.target.nextElementSibling ?? event.target.previousElementSibling;
  enter(other.getAttribute("aria-controls"));
  other.focus();
});
part("language").addEventListener("click", () => {
  speak(language === "zh" ? "en" : "zh");
  acting(part("evaluation").hidden ? refresh : list);
});
part("theme").addEventListener("click", () => paint(!root.classList.contains("dark")));
part("shown").addEventListener("change", drawRows);
part("more").addEventListener("click", () => acting(async () => {
  await fetchRows(rows.length + FETCHED);
  await refresh();
}));
part("stop").addEventListener("click", () => acting(() => json(of(run, "/stop"), { method: "POST" })));
part("resume").addEventListener("click", () => acting(async () => {
  await json(of(run, `/resume?language=${language}`), { method: "POST" });
  await show(run);
}));
part("upload").addEventListener("submit", (event) => {
  event.preventDefault();
  acting(upload);
});
part("token").addEventListener("submit", (event) => {
  event.preventDefault();
  remember(sessionStorage, "token", part("token-value").value);
  acting(async () => {
    await list();
    part("token").hidden = true;
  });
});

const theme = remembered(localStorage, "theme");
root.classList.toggle("dark", theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
const preferred = new URLSearchParams(location.search).get("lang") || remembered(localStorage, "language") || navigator.language;
speak(/^zh/i.test(preferred) ? "zh" : "en");
openTab(location.hash === "#evaluation" ? "evaluation" : "batch");
acting(list);
