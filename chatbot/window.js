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

  const chosenCards = () => [...document.querySelectorAll("#results input[data-choose]:checked")];

  const choiceChanged = () => {
    const keeping = document.querySelector("#results .keeping");
    if (!keeping) return;
    const count = chosenCards().length;
    const text = count ? keeping.dataset.some.replace("{count}", count) : keeping.dataset.every;
    const what = keeping.querySelector(".what");
    if (what.textContent !== text) what.textContent = text;
  };
  document.addEventListener("change", (event) => {
    if (event.target instanceof Element && event.target.matches("input[data-choose]")) choiceChanged();
  });

  // What is chosen goes along with the click, before the toolkit hands it to the server.
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target instanceof Element && event.target.closest("button[data-act=export]");
      if (button) button.dataset.chosen = chosenCards().map((box) => box.dataset.choose).join(",");
    },
    true,
  );

  // Files are made here, so that the server need not write them.
  let saved = "";
  const downloadCame = () => {
    const file = document.querySelector("#download [data-download]");
    if (!file || file.dataset.key === saved) return;
    saved = file.dataset.key;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff".repeat(file.dataset.download.endsWith(".csv")), file.dataset.text]));
    link.download = file.dataset.download;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  const moreRows = new IntersectionObserver(
    (seen) => seen.filter((item) => item.isIntersecting).forEach((item) => item.target.click()),
    { rootMargin: "600px" },
  );
  const listChanged = () => document.querySelectorAll("button[data-rows]").forEach((button) => moreRows.observe(button));

  // On a narrow screen what was found lies far below the fields.
  let shownCount = "";
  const resultsChanged = () => {
    const count = document.querySelector("#results .count");
    const text = count ? count.textContent : "";
    if (text === shownCount) return;
    shownCount = text;
    if (count && narrow()) count.scrollIntoView({ behavior: motion(), block: "start" });
  };

  let shownPaper = "";
  const paperChanged = () => {
    const paper = document.querySelector("#paper article");
    const key = paper ? paper.dataset.key : "";
    if (key === shownPaper) return;
    shownPaper = key;
    if (paper) {
      paper.querySelector("h2, .notice").focus({ preventScroll: true });
      document.querySelector("#layout").scrollIntoView({ block: "start" });
    }
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
    if (event.target.closest("button[data-print]")) {
      window.print();
      return;
    }
    const address = event.target.closest("button[data-address]");
    if (address) {
      copy(location.origin + location.pathname + address.dataset.address).then(
        () => confirm(address, address.dataset.copied),
        () => confirm(address, address.dataset.failed),
      );
      return;
    }
    const chosen = event.target.closest("button[data-copy-chosen]");
    if (chosen) {
      const some = chosenCards().length ? chosenCards() : [...document.querySelectorAll("#results input[data-choose]")];
      copy(some.map((box) => box.dataset.text).join("\n\n")).then(
        () => confirm(chosen, chosen.dataset.copied),
        () => confirm(chosen, chosen.dataset.failed),
      );
      return;
    }
    const citation = event.target.closest("button.cite, .card button.open");
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
    const inMenu = event.target instanceof Element && event.target.closest(".fields");
    if (close && !inMenu) close.click();
  });

  const narrow = () => matchMedia("(max-width: 63.99em)").matches;
  const motion = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  const panelChanged = () => {
    const section = document.querySelector("#panel section");
    const key = section ? section.dataset.key : "";
    if (key === shownPanel) return;
    shownPanel = key;
    for (const button of document.querySelectorAll("button[aria-current]")) button.removeAttribute("aria-current");
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
    for (const fold of document.querySelectorAll(".fold .label-wrap")) {
      fold.setAttribute("aria-expanded", String(fold.classList.contains("open")));
    }
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
      choiceChanged();
      downloadCame();
      listChanged();
      paperChanged();
      resultsChanged();
      boxAppeared();
    });
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["class", "data-key"] });
})();
