// After a press at the gate: empty the search box and put the cursor there, for the next person.
(() => {
  const box = document.getElementById("search-q");
  const search = document.getElementById("gate-search");
  if (!box || !search) return;
  const toTop = () => search.scrollIntoView({ block: "start" });
  box.addEventListener("focus", toTop);
  document.addEventListener("htmx:afterSwap", (event) => {
    const verdict = event.detail.target.id === "gate-answer" && event.detail.target.querySelector(".verdict");
    if (!verdict || verdict.dataset.level === "stop") return;
    box.value = "";
    box.focus({ preventScroll: true });
    toTop();
  });
})();
