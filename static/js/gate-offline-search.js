// The gate's search, presses and walk-in while there is no network: what htmx would have asked
// the server is answered from the list that this phone keeps.
(() => {
  const gate = window.gateOffline;
  const box = document.getElementById("search-q");
  const place = document.getElementById("gate-answer");
  if (!gate || !box || !place) return;
  const { gateStore: store, gatePeople: people, gateRows: rows } = window;
  const MOST = 12;
  const DONE = { in: "in", walk_in: "in", out: "out", back: "back" };
  const PRESS = /\/people\/(\d+)\/([a-z-]+)$/;
  const VERBS = { "check-in": "in", seat: "in", "check-out": "out", "come-back": "back" };
  const draftName = `walk-in:${gate.shift}`;
  let turn = 0;

  // What is typed now, answered; a search that was overtaken by a later one is not shown.
  async function look() {
    const mine = ++turn;
    const typed = box.value;
    const list = await gate.list();
    if (mine !== turn) return;
    if (!list) return rows.paint(place, [rows.verdict("stop", rows.say("nolist"), rows.say("paper"))]);
    const found = people.find(list.people, typed);
    const parts = [rows.list(found.slice(0, MOST).map((one) => rows.person(one, press)))];
    if (!found.length) parts.pop();
    if (found.length > MOST) parts.push(rows.line(rows.say("more")));
    const sought = window.names.searched(typed);
    const lost = !found.length && Boolean(sought.digits || sought.words) && sought;
    if (lost) parts.push(rows.line(rows.say("nobody", { typed })));
    parts.push(await walkIn(lost));
    tiles(list.people);
    const held = place.contains(document.activeElement) && document.activeElement;
    rows.paint(place, parts);
    if (held) typeOn(held);
    return undefined;
  }

  // Whoever was typing goes on where they were, though the form is another one now: with every
  // key that came while the list was read.
  function typeOn(old) {
    const field = old.name && place.querySelector(`[name="${old.name}"]`);
    if (!field) return;
    if (isWalkIn(field.form)) ["name", "phone"].forEach((name) => { field.form.elements[name].value = old.form.elements[name].value; });
    const fold = field.closest("details");
    if (fold) fold.open = true;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  function tiles(all) {
    const count = people.count(all);
    const figures = document.querySelectorAll("#gate-count .tile__figure");
    [count.expected, count.came, count.here].forEach((number, i) => { if (figures[i]) figures[i].textContent = number; });
  }

  // One press for one person: stored, then shown as done with what can be done next.
  async function press(action, person, how, more) {
    const list = await gate.list();
    let scan;
    try {
      scan = await gate.press(action, person, list, how || "gate", more);
    } catch (error) {
      return rows.paint(place, [rows.verdict("stop", rows.say("full"), person.name)]);
    }
    const after = await gate.list();
    const now = after.people.find((one) => one.id === (person.id || scan.nonce)) || person;
    const said = rows.say(DONE[action] || "undone", { name: now.name });
    turn += 1;
    tiles(after.people);
    return rows.paint(place, [rows.verdict(DONE[action] ? "ok" : "info", said, rows.say("stored")), rows.list([rows.person(now, press)])]);
  }

  // The walk-in form, with what somebody was typing before the page was closed.
  async function walkIn(lost) {
    const fold = rows.fresh("walk-in");
    const form = fold.querySelector("form");
    const draft = (await store.fact(draftName)) || {};
    form.elements.name.value = draft.name || (lost && !lost.digits && !/^[\x00-\x7f]+$/.test(lost.words) ? lost.shown : "");
    form.elements.phone.value = draft.phone || (lost && lost.digits.length === 11 ? lost.digits : "");
    fold.open = Boolean(lost || draft.name || draft.phone);
    form.addEventListener("submit", (event) => { event.preventDefault(); takeIn(form); });
    return fold;
  }

  function wrong(form, name, is) {
    const field = form.elements[name];
    const line = form.querySelector(`[data-error="${name}"]`);
    line.hidden = !is;
    field.setAttribute("aria-invalid", String(is));
    field.setAttribute("aria-describedby", is ? `${field.id}-error` : "");
    field.closest(".field").dataset.state = is ? "invalid" : "";
    if (is) field.focus();
    return is;
  }

  async function takeIn(form) {
    const name = form.elements.name.value.trim();
    const phone = form.elements.phone.value.normalize("NFKC").replace(/[^\d+]/g, "").replace(/^(\+86|0086|86(?=1\d{10}$))/, "");
    const noPhone = wrong(form, "phone", !/^1[3-9]\d{9}$/.test(phone));
    const noName = wrong(form, "name", !name);
    if (noPhone || noName) return;
    const list = await gate.list();
    const same = form.dataset.other === phone ? [] : people.sameNumber(list ? list.people : [], phone);
    if (same.length) { ask(form, same, phone); return; }
    await press("walk_in", { id: null, name }, "walk_in", { name, phone, volunteer: null, of: null });
    await store.dropFact(draftName);
  }

  // Somebody of that number is on the list: them, or another one? Asked once, above the form.
  function ask(form, same, phone) {
    form.dataset.other = phone;
    const listed = rows.list(same.slice(0, MOST).map((one) => rows.person(one, press)));
    const fold = form.closest("details");
    form.querySelector("[type=submit]").textContent = rows.say("other");
    rows.paint(place, [rows.verdict("info", rows.say("samenumber"), rows.say("which")), listed, fold]);
    listed.querySelector("button, li").focus();
  }

  // What somebody types into a walk-in form, this page's or the server's, is kept at every key.
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!isWalkIn(form)) return;
    const { name, phone } = form.elements;
    store.keepFact(draftName, { name: name.value, phone: phone.value }).catch(() => {});
  });
  const isWalkIn = (form) => Boolean(form && form.elements.name && form.elements.phone && place.contains(form));

  async function restore() {
    const form = place.querySelector("form[action$='/walk-in']");
    const draft = isWalkIn(form) && (await store.fact(draftName));
    if (!draft || !(draft.name || draft.phone)) return;
    form.elements.name.value = form.elements.name.value || draft.name;
    form.elements.phone.value = form.elements.phone.value || draft.phone;
    const fold = form.closest("details");
    if (fold) fold.open = true;
  }

  // What htmx wanted to ask, answered here.
  async function take(element) {
    if (element.id === "gate-search") return look();
    if (!element.getAttribute("action")) return undefined; // the count asks again by itself
    if (isWalkIn(element)) return again(element);
    if (element.getAttribute("action").indexOf("/families/") > 0) return look(); // one by one
    const meant = PRESS.exec(element.getAttribute("action"));
    const list = await gate.list();
    const known = meant && list && list.people.find((one) => one.id === Number(meant[1]));
    const verb = known && (meant[2] === "undo" ? undoOf(known) : VERBS[meant[2]]);
    if (verb) return press(verb, known);
    return rows.paint(place, [rows.verdict("stop", rows.say(list ? "later" : "nolist"), rows.say("paper"))]);
  }
  // The server's walk-in form is drawn anew as ours, which can say what is wrong by itself.
  async function again(form) {
    const { name, phone } = form.elements;
    await store.keepFact(draftName, { name: name.value, phone: phone.value });
    await look();
    return takeIn(place.querySelector("form"));
  }
  const undoOf = (person) => (person.state === "left" ? "undo_out" : "undo_in");

  // In the capture phase: nobody else is to say that the press was lost, for it is not.
  const failed = (event) => {
    const { elt } = event.detail;
    if (!gate.works() || !document.getElementById("gate").contains(elt)) return;
    event.stopPropagation();
    gate.leave().then(() => take(elt));
  };
  document.addEventListener("htmx:sendError", failed, true);
  document.addEventListener("htmx:timeout", failed, true);
  document.addEventListener("htmx:beforeSwap", (event) => {
    if ([502, 503, 504].indexOf(event.detail.xhr.status) < 0) return;
    if (gate.works()) event.detail.shouldSwap = false;
    failed(event);
  }, true);
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!gate.isAway()) return;
    event.preventDefault();
    take(event.detail.elt);
  });
  // Before the answer is drawn: whoever leaves the page just then is not asked for this person again.
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const { elt, xhr } = event.detail;
    if (xhr.status < 400 && /\/walk-in$/.test(elt.getAttribute("action"))) store.dropFact(draftName);
  });
  if (window.htmx) window.htmx.config.timeout = 3000;

  document.addEventListener("gate:away", () => {
    after(true);
    if (box.value || !place.querySelector(".verdict")) look();
  });
  document.addEventListener("gate:here", () => {
    if (gate.isKept) return gate.list().then((list) => list && tiles(list.people));
    after(false);
    // Never by a click: before htmx has taken the link up, that would leave the page.
    const count = document.querySelector("a[hx-get$='/gate/count']");
    if (count && window.htmx) window.htmx.trigger(count, "count");
    return undefined;
  });
  // What only the server can do (closing, pages of its own) is out of the way until it is back.
  function after(hidden) {
    document.querySelectorAll("#gate-after, #gate-posts, #gate-arrivals, #gate > .row a, #gate > .back")
      .forEach((part) => { part.hidden = hidden; });
  }

  if (gate.isKept) {
    box.addEventListener("input", look);
    box.form.addEventListener("submit", (event) => {
      event.preventDefault();
      look().then(() => { const first = place.querySelector("button"); if (first) first.focus(); });
    });
    look();
  } else restore();
})();
