// The venue's code on a screen: keep the screen awake, fetch a fresh code when the page comes
// back into sight, and cover a code that is too old to be scanned.
(() => {
  const place = document.getElementById("venue-code");
  let shown = Date.now();
  const sheet = () => place.querySelector("[data-good-for]");

  function look() {
    if (!sheet()) return;
    const stale = Date.now() - shown > (sheet().dataset.goodFor - 5) * 1000;
    sheet().toggleAttribute("data-stale", stale);
    sheet().querySelector("[data-stale-words]").hidden = !stale;
  }

  async function stayAwake() {
    try {
      await navigator.wakeLock.request("screen");
    } catch {
      // Not every phone can, and none must.
    }
  }

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== place) return;
    shown = Date.now();
    look();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    look();
    // Never by a click: before htmx has taken the link up, that would leave the page.
    if (window.htmx) window.htmx.trigger("#venue-next", "fresh");
    stayAwake();
  });
  setInterval(look, 1000);
  stayAwake();
})();
