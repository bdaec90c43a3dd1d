// The gate on a phone: keep count, search box and answer in sight; after a press that did
// something, empty the box and put the cursor there, for the next person. Whoever has begun to
// type the next one before the answer came keeps what they typed.
(() => {
  const box = document.getElementById("search-q");
  if (!box) return;
  const toTop = () => document.getElementById("gate-count").scrollIntoView({ block: "start" });
  let typed = "";
  box.addEventListener("input", toTop);
  // A press is a click, with or without a network; Enter in a form clicks its button too.
  document.addEventListener("click", (event) => {
    if (event.target.closest("#gate-answer button")) typed = box.value;
  }, true);
  document.addEventListener("htmx:afterSwap", (event) => {
    const answer = event.detail.target;
    const verdict = answer.id === "gate-answer" && answer.querySelector(".verdict");
    if (!verdict) return;
    if (verdict.dataset.level !== "stop" && box.value === typed) {
      box.value = "";
      box.focus({ preventScroll: true });
    }
    toTop();
  });
})();
