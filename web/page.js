// Runs first of all scripts: it tells Gradio which language to speak before Gradio asks.
const yinju = (() => {
  const memory = "yinju-language";

  function remembered() {
    try {
      return localStorage.getItem(memory); // throws where the browser blocks storage
    } catch {
      return null;
    }
  }

  function remember(language) {
    try {
      localStorage.setItem(memory, language);
    } catch {
      // Then the choice holds for this page only.
    }
  }

  const asked = new URLSearchParams(location.search).get("lang") || remembered() || navigator.language || "";
  let current = /^zh/i.test(asked) ? "zh" : "en";

  function show(language) {
    current = language;
    document.documentElement.dataset.language = language;
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  }

  // Gradio knows exact codes only: "zh" and "zh-HK" would fall to English.
  function tellGradio() {
    const code = current === "zh" ? "zh-CN" : "en";
    Object.defineProperty(navigator, "language", { get: () => code });
    Object.defineProperty(navigator, "languages", { get: () => [code] });
  }

  // What `language` labels its buttons with; `labels` holds one list of updates a language.
  function speak(language, labels) {
    show(language);
    remember(language);
    const address = new URL(location.href);
    if (address.searchParams.has("lang")) {
      address.searchParams.set("lang", language);
      history.replaceState(history.state, "", address);
    }
    return labels[language];
  }

  // Keeps the newest question at the top of the chat, so that a long answer is read from its beginning.
  function follow() {
    setTimeout(() => {
      const question = [...document.querySelectorAll("#chat .asked")].pop();
      const log = question?.closest('[role="log"]');
      if (log) log.scrollTop += question.getBoundingClientRect().top - log.getBoundingClientRect().top - 16;
    }, 50); // by then Gradio has drawn the messages
  }

  // Back to the box after an answer, but not on a phone, where a keyboard would pop up over it.
  function settle() {
    if (matchMedia("(pointer: fine)").matches) document.querySelector("#question textarea")?.focus();
  }

  function showQuote(id) {
    const mark = document.getElementById(id);
    if (!mark) return;
    mark.closest("details").open = true;
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
  }

  async function copyText(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea"); // plain http on another host than localhost has no clipboard API
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  async function copyQuote(button) {
    await copyText(document.getElementById(button.dataset.copy).textContent);
    button.classList.add("copied");
    setTimeout(() => button.classList.remove("copied"), 2000);
  }

  // Enter that ends an input method's composition chooses a word; 229 is the key code that Safari gives it.
  function onKey(event) {
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key === "Enter" && composing && event.target.closest?.("#question")) event.stopImmediatePropagation();
  }

  function onClick(event) {
    const badge = event.target.closest?.('a[href^="#cite-"]');
    const copy = event.target.closest?.("button[data-copy]");
    if (badge) {
      event.preventDefault();
      showQuote(badge.hash.slice(1));
    } else if (copy) {
      copyQuote(copy);
    }
  }

  // A selection from the chat or the sources is pasted as plain text, without colours and boxes.
  function onCopy(event) {
    const selection = getSelection();
    const from = selection.anchorNode?.parentElement;
    if (!from?.closest("#chat, #evidence")) return;
    event.clipboardData.setData("text/plain", selection.toString());
    event.preventDefault();
  }

  show(current);
  tellGradio();
  for (const kind of ["keydown", "keypress"]) document.addEventListener(kind, onKey, true);
  document.addEventListener("click", onClick, true);
  document.addEventListener("copy", onCopy);
  return { language: () => current, speak, follow, settle };
})();
