// The kept page where it stands for another: a person's own code, found by its hash in the kept
// lists; and any other page of the organizers, which names the gates that work without a network.
(() => {
  const gate = window.gateOffline;
  const place = document.getElementById("gate-answer");
  if (!gate || !gate.isKept) return;
  const { gateStore: store, gatePeople: people, gateRows: rows } = window;
  const code = (/^\/codes\/([^/]+)/.exec(location.pathname) || [])[1];

  function title(text, over) {
    document.querySelector("h1").textContent = document.title = text;
    document.getElementById("gate-lead").textContent = over || "";
  }

  function nameOf(shift) {
    return shift.title === shift.event ? shift.title : `${shift.event} · ${shift.title}`;
  }

  function links(lists) {
    return rows.list(lists.map((list) => {
      const row = rows.fresh("gate");
      row.querySelector("a").href = `/organize/shifts/${list.shift.id}/gate`;
      row.querySelector("a").textContent = nameOf(list.shift);
      return row;
    }));
  }

  async function person() {
    const hash = await people.hashed(decodeURIComponent(code));
    const parts = [];
    const lists = await store.lists();
    for (const kept of lists) {
      const list = await gate.list(kept.shift.id);
      const one = list.people.find((who) => who.code === hash);
      if (!one) continue;
      title(one.name, rows.say("code"));
      parts.push(rows.line(nameOf(list.shift)));
      parts.push(rows.list([rows.person(one, (action) => press(action, one, list))]));
    }
    if (parts.length) return rows.paint(place, parts);
    title(rows.say("nocode"));
    return rows.paint(place, [rows.line(rows.say("gates")), links(lists)]);
  }

  async function press(action, one, list) {
    try {
      await gate.press(action, one, list, "code");
    } catch (error) {
      return rows.paint(place, [rows.verdict("stop", rows.say("full"), one.name)]);
    }
    await person();
    const done = { in: "in", out: "out", back: "back" }[action];
    const said = rows.verdict(done ? "ok" : "info", rows.say(done || "undone", { name: one.name }), rows.say("stored"));
    return rows.paint(place, [said].concat(Array.from(place.children)));
  }

  async function start() {
    const list = gate.shift && (await store.list(gate.shift));
    if (list) return title(nameOf(list.shift));
    ["gate-search", "gate-count"].forEach((id) => { document.getElementById(id).hidden = true; });
    if (code) return person();
    title(rows.say("gates"));
    return rows.paint(place, [links(await store.lists())]);
  }
  start();
})();
