// Keeps the gate going when the network goes: notices it, stores each press before it counts as
// done, says how many wait, and sends them when the network is back.
window.gateOffline = (() => {
  const box = document.getElementById("gate-offline");
  const gate = document.getElementById("gate");
  if (!box || !gate || !window.indexedDB || !window.AbortController || !window.crypto) return null;
  const { gateStore: store, gatePeople: people, gateRows: rows, gateSend: sender } = window;
  const FRESH = 90 * 1000;
  const LONGEST = 30 * 1000;
  const isKept = "kept" in gate.dataset; // the page that the service worker gave
  const shift = Number((/^\/organize\/shifts\/(\d+)\/gate/.exec(location.pathname) || [])[1]) || 0;
  let own = Number(gate.dataset.account) || 0;
  let works = false; // a phone that keeps nothing for us has the gate as it is without this file
  let standing = isKept ? "away" : "here"; // here, away, signed-out
  let heard = false; // whether the server answered to our knock, whatever it did with the presses
  let sent = 0;
  let pause = 2000;
  let timer = 0;
  let knocking = null;

  const isAway = () => works && (isKept || standing === "away");
  const tell = (what) => document.dispatchEvent(new CustomEvent(`gate:${what}`));

  // Bring the coloured line, the refused presses and the words about others up to date.
  async function show() {
    const scans = await store.scans();
    const waits = scans.filter((scan) => !scan.refused);
    const mine = own ? waits.filter((scan) => scan.account === own) : waits;
    state(mine.length);
    const others = waits.filter((scan) => mine.indexOf(scan) < 0);
    const who = Array.from(new Set(others.map((scan) => scan.by))).join("、");
    part("others", others.length && rows.say("others", { n: others.length, who }));
    const refused = scans.filter((scan) => scan.refused && (!own || scan.account === own));
    const list = document.getElementById("offline-refused");
    while (list.firstChild) list.removeChild(list.firstChild);
    refused.forEach((scan) => list.appendChild(rows.refusal(scan, () => store.dropScan(scan.nonce).then(show))));
    part("refused-head", refused.length && rows.say("refused", { n: refused.length }));
    await ready();
    box.hidden = false;
  }

  function part(name, text) {
    const line = document.getElementById(`offline-${name}`);
    line.hidden = !text;
    line.querySelector("[data-words]").textContent = text || "";
  }

  function state(waits) {
    const level = standing === "signed-out" ? "stop" : standing === "away" ? "warn" : "ok";
    const line = document.getElementById("offline-state");
    const head = rows.say(headOf(waits), { n: sent });
    line.hidden = standing === "here" && !waits && !sent && !isKept;
    line.dataset.level = level;
    line.querySelector("[data-head]").textContent = head;
    line.querySelector("[data-more]").textContent = waits ? rows.say("waits", { n: waits }) : standing === "away" ? rows.say("none") : "";
    const link = document.getElementById("offline-link");
    link.hidden = standing === "away" || (standing === "here" && !isKept);
    link.href = standing === "signed-out" ? `/sign-in?next=${location.pathname}` : location.href;
    link.textContent = rows.say(standing === "signed-out" ? "signin" : "open");
  }

  function headOf(waits) {
    if (standing === "signed-out") return "signedout";
    if (standing === "away") return heard ? "stuck" : "away";
    return waits ? "sending" : "sent";
  }

  // Whether this gate would work without a network, and from which list.
  async function ready() {
    const list = shift && (await store.list(shift));
    const worker = navigator.serviceWorker && (await navigator.serviceWorker.getRegistration());
    const safe = worker && worker.active;
    const values = list && { n: list.people.length, time: new Date(list.kept).toTimeString().slice(0, 5) };
    part("ready", list && standing === "here" && rows.say(safe ? "ready" : "stay", values));
  }

  // The network is gone, as far as anybody can tell who was just left without an answer.
  function leave() {
    heard = false;
    return goOn();
  }

  // Go on without an answer, and try again later.
  async function goOn() {
    if (!works) return;
    const before = standing;
    standing = "away";
    sent = 0;
    await show();
    if (before !== "away") tell("away");
    later();
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(knock, pause);
    pause = Math.min(pause * 2, LONGEST);
  }

  // Ask whether anybody answers; then send what waits and fetch the list. One at a time.
  function knock() {
    if (!works) return undefined;
    knocking = knocking || enter().then(() => { knocking = null; }, () => { knocking = null; return goOn(); });
    return knocking;
  }

  async function enter() {
    clearTimeout(timer);
    const me = await sender.hello();
    heard = me.state !== "away";
    if (!heard) throw new Error("nobody answers");
    const before = standing;
    standing = me.state;
    own = me.account || own;
    pause = 2000;
    if (me.state === "signed-out") {
      await store.forget();
      return show();
    }
    if ((await sender.waiting(me.account)).length) await show();
    const taken = await sender.send(me, rows.say("unread"));
    sent += taken;
    if ("closed" in gate.dataset) await store.dropList(shift || Number(gate.dataset.closed));
    else if (shift) await sender.refresh(shift, me);
    await show();
    if (before !== "here" || taken) tell("here");
    timer = setTimeout(knock, FRESH);
    return undefined;
  }

  // Store a press; only when it is on this phone's disk is it done. Answers the stored press.
  async function press(action, person, list, how, more) {
    const isNumber = typeof person.id === "number";
    const scan = Object.assign({
      nonce: nonce(), shift: list.shift.id, account: list.account, by: list.by, action, how,
      volunteer: isNumber ? person.id : null, of: isNumber ? null : person.id,
      name: person.name, phone: "", at: new Date().toISOString(), skew: (await store.fact("skew")) || 0,
    }, more);
    await store.keepScan(scan);
    // Ask the browser not to throw the store away where the phone runs out of room.
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
    await show();
    if (standing === "here") knock();
    return scan;
  }

  const nonce = () => Array.from(crypto.getRandomValues(new Uint8Array(16)))
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");

  // The kept list of a shift with this phone's presses in it; none where nothing was kept.
  async function listAfter(which) {
    const list = await store.list(which || shift);
    return list && Object.assign({}, list, { people: people.after(list, await store.scans()) });
  }

  addEventListener("offline", leave);
  addEventListener("online", () => { pause = 2000; knock(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden && standing !== "signed-out") knock(); });
  // Without its worker this page must stay open, and says so; one that could not be fetched
  // whole is asked for again.
  async function arm(scope) {
    const again = () => setTimeout(() => arm(scope), pause);
    const found = await navigator.serviceWorker.register("/organize/gate-worker.js", { scope }).catch(again);
    const coming = found && found.installing;
    if (!coming) return found && found.update && found.update().catch(() => {});
    return coming.addEventListener("statechange", () => {
      if (coming.state === "activated" && works) show();
      if (coming.state === "redundant" && !found.active) again();
    });
  }
  if (navigator.serviceWorker && !isKept) ["/organize/", "/codes/"].forEach(arm);
  store.prune()
    .then(() => { works = true; return show(); })
    .then(() => (navigator.onLine ? knock() : leave()))
    .catch(() => {});
  return { isAway, isKept, shift, press, leave, works: () => works, list: listAfter };
})();
