// Fills the gate's templates: a person with what can be done for them, one big line, the walk-in
// form, a press that the server refused. The words stand in the page, not here.
window.gateRows = (() => {
  const words = document.getElementById("gate-offline");
  const UNDO = 10 * 60 * 1000;
  const UNDOES = { in: "undo_in", walk_in: "undo_in", out: "undo_out", back: "undo_back" };

  // The page's sentence of this name, with {names} filled in.
  const say = (name, values) =>
    Object.keys(values || {}).reduce((text, key) => text.split(`{${key}}`).join(values[key]), words.dataset[name]);

  const fresh = (name) => document.getElementById(`offline-${name}`).content.firstElementChild.cloneNode(true);

  // Which press takes back the last one that this phone made for the person, within ten minutes.
  const undoOf = (person) => {
    const last = person.last;
    return last && Date.now() - Date.parse(last.at) <= UNDO ? UNDOES[last.action] : undefined;
  };

  // Nobody checks in their own household; the server would refuse it later.
  const presses = (person) => !person.own && ({
    in: !person.state, out: person.state === "present", back: person.state === "left", undo: Boolean(undoOf(person)),
  });

  function person(one, press) {
    const row = fresh("person");
    const can = presses(one);
    const seal = one.state || (one.place === "waiting" ? "waiting" : "");
    row.dataset.state = one.state ? "checked-in" : "";
    row.querySelector(".gate-row__name").textContent = one.name;
    row.querySelector(".gate-row__detail [data-last]").textContent = one.last4;
    row.querySelector(".gate-row__note").textContent = one.own ? say("own") : "";
    row.querySelectorAll("[data-when]").forEach((stamp) => {
      if (stamp.dataset.when !== seal) return stamp.remove();
      const note = stamp.querySelector(".seal__note");
      if (note) note.textContent = one.since || "";
      return undefined;
    });
    row.querySelectorAll("[data-press]").forEach((button) => {
      const action = button.dataset.press;
      if (!can[action]) return button.remove();
      button.querySelector(".visually-hidden").textContent = `：${one.name}`;
      return button.addEventListener("click", () => press(action === "undo" ? undoOf(one) : action, one));
    });
    return row;
  }

  function verdict(level, text, detail) {
    const box = fresh("verdict");
    box.dataset.level = level;
    box.dataset.announce = `${text} ${detail || ""}`.trim();
    box.querySelectorAll("[data-level]").forEach((icon) => icon.dataset.level !== level && icon.remove());
    box.querySelector(".verdict__text").textContent = text;
    box.querySelector("[data-detail]").textContent = detail || "";
    return box;
  }

  function refusal(scan, dismiss) {
    const row = fresh("refusal");
    row.querySelector(".gate-row__name").textContent = scan.name;
    row.querySelector(".gate-row__detail").textContent = scan.phone || "";
    row.querySelector(".gate-row__note").textContent = scan.refused;
    row.querySelector("button").addEventListener("click", dismiss);
    row.querySelector("button .visually-hidden").textContent = `：${scan.name}`;
    return row;
  }

  function line(text) {
    const sentence = document.createElement("p");
    sentence.className = "strong-line";
    sentence.textContent = text;
    return sentence;
  }

  // A list around rows.
  function list(rows) {
    const box = document.createElement("ul");
    box.className = "gate-list";
    rows.forEach((row) => box.appendChild(row));
    return box;
  }

  // Puts parts into the answer's place; whoever listens for an answer of the server (sound,
  // focus, what a screen reader says) hears of this one in the same way.
  function paint(place, parts) {
    while (place.firstChild) place.removeChild(place.firstChild);
    parts.forEach((part) => place.appendChild(part));
    const heard = new CustomEvent("htmx:afterSwap", { bubbles: true, detail: { target: place, elt: place } });
    place.dispatchEvent(heard);
  }

  return { say, fresh, person, verdict, refusal, line, list, paint };
})();
