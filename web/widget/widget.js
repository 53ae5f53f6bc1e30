// Puts a chat about articles on any page: a floating button, or inside a container with data-mode="inline".
(() => {
  const script = document.currentScript;
  const server = new URL(".", script.src);
  const zh = /^zh/i.test(script.dataset.lang || document.documentElement.lang || navigator.language);
  const label = script.dataset.title || (zh ? "问问这篇文章" : "Ask this article");
  const inline = script.dataset.mode === "inline";
  const left = (script.dataset.position || "").includes("left");
  const dark = script.dataset.theme === "dark";

  const styles = `
    :host { all: initial }
    button { position: fixed; z-index: 2147483000; bottom: 20px; ${left ? "left" : "right"}: 20px; min-height: 48px;
      padding: 0 20px; border: 0; border-radius: 24px; background: #0f766e; color: #fff; cursor: pointer;
      font: 600 16px/1.2 system-ui, sans-serif; box-shadow: 0 4px 16px #0004 }
    button:focus-visible { outline: 3px solid #134e4a; outline-offset: 3px }
    iframe { border: 0; background: ${dark ? "#0f172a" : "#fff"} }
    .floating { position: fixed; z-index: 2147483001; bottom: 80px; ${left ? "left" : "right"}: 20px; width: 400px;
      height: min(640px, calc(100vh - 100px)); border-radius: 14px; box-shadow: 0 8px 32px #0006 }
    .inline { display: block; width: 100%; height: 420px }
    [hidden] { display: none }
    @media (max-width: 480px) { .floating { inset: 0; width: 100%; height: 100%; border-radius: 0 } }`;

  function address(question) {
    const url = new URL("widget", server);
    const { article, lang, theme, title } = script.dataset;
    const given = { article, lang, theme, title, q: question, host: location.origin, inline: inline ? "1" : "" };
    for (const [name, value] of Object.entries(given)) if (value) url.searchParams.set(name, value);
    return url.href;
  }

  function mount() {
    const place = document.createElement("div");
    const root = place.attachShadow({ mode: "open" });
    const style = document.createElement("style");
    style.textContent = styles;
    root.append(style);
    const container = inline && script.dataset.target && document.querySelector(script.dataset.target);
    if (container) container.append(place);
    else if (inline) script.after(place);
    else document.body.append(place);

    const listeners = new Map();
    let frame = null;
    let button = null;
    let ready = false;
    const waiting = [];

    function emit(type, detail) {
      for (const listener of listeners.get(type) || []) listener(detail);
    }

    function load(question) {
      frame = document.createElement("iframe");
      frame.className = inline ? "inline" : "floating";
      frame.title = label;
      frame.allow = "clipboard-write";
      frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups allow-downloads");
      frame.loading = inline ? "lazy" : "eager";
      frame.src = address(question);
      root.append(frame);
    }

    function post(message) {
      if (ready) frame.contentWindow.postMessage({ source: "yinju-host", ...message }, server.origin);
      else waiting.push(message);
    }

    function open(question) {
      if (!frame) load(question);
      else if (question) post({ type: "ask", question });
      frame.hidden = false;
      if (button) button.setAttribute("aria-expanded", "true");
      if (!inline) post({ type: "open" });
    }

    function close() {
      if (!frame || inline) return;
      frame.hidden = true;
      button.setAttribute("aria-expanded", "false");
      button.focus();
    }

    // Only the frame of this very chat is listened to, and only as long as it shows our server.
    addEventListener("message", (event) => {
      if (!frame || event.source !== frame.contentWindow || event.origin !== server.origin) return;
      const { source, type, ...detail } = event.data || {};
      if (source !== "yinju") return;
      if (type === "ready") {
        ready = true;
        for (const message of waiting.splice(0)) post(message);
      }
      if (type === "close") close();
      else if (type === "size") frame.style.height = `${Math.min(Math.max(Number(detail.height) || 0, 240), 2000)}px`;
      else emit(type, detail);
    });

    if (inline) {
      load(script.dataset.question);
    } else {
      button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.setAttribute("aria-expanded", "false");
      button.addEventListener("click", () => (frame && !frame.hidden ? close() : open(script.dataset.question)));
      root.append(button);
    }

    const chat = {
      open,
      close,
      ask: open,
      on: (type, listener) => listeners.set(type, [...(listeners.get(type) || []), listener]),
    };
    // window.yinju is the first chat of the page; all of them are in window.yinju.all.
    window.yinju = window.yinju || Object.assign({}, chat, { all: [] });
    window.yinju.all.push(chat);
    dispatchEvent(new CustomEvent("yinju", { detail: chat }));
  }

  if (document.body) mount();
  else addEventListener("DOMContentLoaded", mount);
})();
