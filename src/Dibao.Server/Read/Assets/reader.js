// Keys for those who want them. Every page works without this file.
(() => {
  "use strict";

  const items = [...document.querySelectorAll(".item")];
  const dialog = document.getElementById("keys");
  let at = -1;

  const linkOf = (item) => item.querySelector("h2 a, h3 a");

  const go = (to) => {
    if (items.length === 0) return;
    at = Math.max(0, Math.min(items.length - 1, to));
    const link = linkOf(items[at]);
    link.focus({ preventScroll: true });
    items[at].scrollIntoView({ block: "nearest" });
  };

  // Where the reader tabbed or clicked to is where j goes on from.
  const here = () => {
    const focused = items.findIndex((item) => item.contains(document.activeElement));
    return focused >= 0 ? focused : at;
  };

  const keys = {
    j: () => go(here() + 1),
    k: () => go(here() - 1),
    o: () => { const item = items[here()]; if (item) linkOf(item).click(); },
    "/": () => { const field = document.getElementById("q"); if (field) { field.focus(); field.select(); } },
    "?": () => { if (dialog.open) dialog.close(); else dialog.showModal(); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (dialog.open && event.key !== "?") return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  document.documentElement.classList.add("keyed");
})();
