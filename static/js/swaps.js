// After an htmx swap: move focus to what the answer marks, and announce its words.
(() => {
  const notices = document.getElementById("notices");
  document.addEventListener("htmx:afterSwap", (event) => {
    const part = event.detail.elt;
    if (!part.matches || !notices) return;
    if (notices.contains(part)) return notices.scrollIntoView({ block: "nearest" });
    const find = (wanted) => (part.matches(wanted) ? part : part.querySelector(wanted));
    const words = find("[data-announce]");
    const lost = document.activeElement === document.body;
    const place = find("[autofocus], [data-focus]") || (lost && find("[tabindex='-1']"));
    if (words) say(words.dataset.announce);
    if (place) place.focus({ preventScroll: !place.matches("[autofocus], [data-focus]") });
  });
  document.addEventListener("htmx:sendError", () => say(notices.dataset.offline, true));

  // Spoken only, unless nothing else on the page would show it.
  function say(text, visible) {
    const line = document.createElement("p");
    line.textContent = text;
    line.className = visible ? "notice" : "visually-hidden";
    notices.replaceChildren(line);
  }
})();
