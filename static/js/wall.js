// The wall asks every few seconds what is new. It names what it shows, so that an unchanged wall
// costs an empty answer; it rests while nobody sees it, and says when it has grown stale.
(() => {
  const poll = document.getElementById("wall-poll");
  const stale = document.getElementById("wall-stale");
  if (!poll || !window.htmx) return;
  const EVERY = 5000;
  const STALE = 20000;
  let seen = Date.now();

  const ask = () => {
    show();
    if (!document.hidden) window.htmx.trigger(poll, "poll");
  };

  function show() {
    const words = stale.querySelector("[data-head]");
    const late = Date.now() - seen > STALE;
    const text = late ? stale.dataset.words.replace("{time}", new Date(seen).toTimeString().slice(0, 5)) : "";
    if (words.textContent !== text) words.textContent = text;
    stale.hidden = !late;
  }

  // Asked with our own mark, the answer 304 comes through to htmx, which then leaves the page be.
  poll.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["If-None-Match"] = `"${document.getElementById("wall-now").dataset.mark}"`;
  });
  poll.addEventListener("htmx:afterRequest", (event) => {
    const { status } = event.detail.xhr;
    if (status !== 200 && status !== 304) return;
    seen = Date.now();
    show();
  });
  // A failed poll is no news for the notices: the line above says how old the wall is.
  document.addEventListener("htmx:sendError", (event) => { event.stopPropagation(); show(); }, true);
  // On a screen of its own the wall fills it, and the screen stays awake while it is shown.
  const full = document.getElementById("wall-full");
  full.hidden = !document.fullscreenEnabled;
  full.addEventListener("click", () => document.getElementById("wall-frame").requestFullscreen().catch(() => {}));
  const stayAwake = () => {
    if (navigator.wakeLock && !document.hidden) navigator.wakeLock.request("screen").catch(() => {});
  };
  document.addEventListener("visibilitychange", () => { ask(); stayAwake(); });
  window.htmx.config.timeout = EVERY;
  setInterval(ask, EVERY);
  stayAwake();
  ask();
})();
