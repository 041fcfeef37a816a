// What the server cannot do: copying, focus, the Escape key and the language of the page.
(() => {
  "use strict";
  let opener = null;
  let shownPanel = "";
  let shownTurns = 0;

  const announcer = () => {
    let element = document.getElementById("announcer");
    if (!element) {
      element = document.createElement("div");
      element.id = "announcer";
      element.className = "hidden";
      element.setAttribute("role", "status");
      document.body.append(element);
    }
    return element;
  };

  // Pages that are not served over https or from this machine have no clipboard; there a selection is copied.
  const copy = async (text) => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "hidden";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("copying is not allowed");
  };

  const confirm = (button, text) => {
    announcer().textContent = text;
    button.dataset.said = text;
    setTimeout(() => {
      delete button.dataset.said;
      announcer().textContent = "";
    }, 2500);
  };

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const copied = event.target.closest("button[data-copy]");
    if (copied) {
      copy(copied.dataset.copy).then(
        () => confirm(copied, copied.dataset.copied),
        () => confirm(copied, copied.dataset.failed),
      );
      return;
    }
    const citation = event.target.closest("button[data-turn]");
    if (citation) {
      opener = citation;
      if (citation.hasAttribute("aria-current")) document.querySelector("#panel h2").focus();
      return;
    }
    const card = event.target.closest("[data-card]");
    if (card && !event.target.closest("button, a") && getSelection().isCollapsed) card.querySelector("button").click();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const close = document.querySelector("#panel button.close");
    const inMenu = event.target instanceof Element && event.target.closest("#fields");
    if (close && !inMenu) close.click();
  });

  const narrow = () => matchMedia("(max-width: 63.99em)").matches;
  const motion = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  const panelChanged = () => {
    const section = document.querySelector("#panel section");
    const key = section ? section.dataset.key : "";
    if (key === shownPanel) return;
    shownPanel = key;
    for (const button of document.querySelectorAll("button[data-turn][aria-current]")) button.removeAttribute("aria-current");
    if (!section) {
      if (opener && opener.isConnected) opener.focus();
      return;
    }
    if (opener && opener.isConnected) opener.setAttribute("aria-current", "true");
    const inside = document.activeElement && section.contains(document.activeElement);
    if (!inside || document.activeElement.disabled) section.querySelector("h2").focus({ preventScroll: true });
    if (narrow()) section.scrollIntoView({ behavior: motion(), block: "start" });
    const mark = section.querySelector("mark");
    if (!narrow()) {
      const top = mark ? mark.getBoundingClientRect().top - section.getBoundingClientRect().top - section.clientHeight / 3 : 0;
      section.scrollTo({ top });
    }
  };

  const turnsChanged = () => {
    const turns = document.querySelectorAll("article.turn");
    if (turns.length > shownTurns && turns.length > 1) {
      turns[turns.length - 1].scrollIntoView({ behavior: motion(), block: "start" });
    }
    shownTurns = turns.length;
  };

  const languageChanged = () => {
    const brand = document.querySelector("[data-window-language]");
    if (brand) document.documentElement.lang = brand.dataset.windowLanguage;
  };

  // The folding part of the toolkit does not tell screen readers whether it is open.
  const foldChanged = () => {
    const fold = document.querySelector("#filters .label-wrap");
    if (fold) fold.setAttribute("aria-expanded", String(fold.classList.contains("open")));
  };

  // On a wide screen one can type at once; on a small one the keyboard would cover the page.
  let focused = false;
  const boxAppeared = () => {
    const box = document.querySelector("#box textarea");
    if (!box || focused) return;
    focused = true;
    if (!narrow() && document.activeElement === document.body) box.focus({ preventScroll: true });
  };

  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      languageChanged();
      turnsChanged();
      panelChanged();
      foldChanged();
      boxAppeared();
    });
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["class", "data-key"] });
})();
