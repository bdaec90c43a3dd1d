// After an htmx swap: move focus to what the answer marks, or else announce its words.
(() => {
  const notices = document.getElementById("notices");
  document.addEventListener("htmx:afterSwap", (event) => {
    const part = event.detail.elt;
    if (!part || !part.matches) return;
    const find = (wanted) => (part.matches(wanted) ? part : part.querySelector(wanted));
    const place = find("[autofocus], [data-focus]");
    const words = find("[data-announce]");
    if (place) place.focus();
    else if (words && notices && part !== notices) notices.textContent = words.dataset.announce;
    if (part === notices) part.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("htmx:sendError", () => {
    if (notices) notices.textContent = notices.dataset.offline;
  });
})();
