// Whom the kept list means by what is typed, and where each person stands after the presses
// that wait on this phone. Values in, values out: this file touches neither page nor network.
window.gatePeople = (() => {
  const mask = (name) => {
    const signs = Array.from(name);
    if (signs.length <= 2) return signs.slice(0, 1).join("") + "*".repeat(Math.max(signs.length - 1, 0));
    return `${signs[0]}*${signs[signs.length - 1]}`;
  };

  // As volboard.attendance.rules.searched: full-width signs become plain, invisible ones go.
  const searched = (typed) => {
    const seen = typed.slice(0, 80).normalize("NFKC").replace(/\p{C}/gu, "").trim();
    const bare = seen.replace(/[ \-'’‘＇]/g, "");
    return (/^[\x00-\x7f]*$/.test(bare) ? bare : seen).slice(0, 40).trim();
  };

  const byDigits = (person, digits) => (digits.length > 4 ? person.last4 === digits.slice(-4) : person.last4.includes(digits));
  // Only the first and the last character of a name are kept, so a name of the same shape is meant too.
  const byName = (person, words) => {
    const signs = Array.from(words);
    if (mask(words) === person.name) return true;
    return signs.length <= 2 && (person.name.startsWith(signs[0]) || person.name.endsWith(signs[signs.length - 1]));
  };
  const means = (person, words) => {
    if (/^[0-9]+$/.test(words)) return byDigits(person, words);
    return byName(person, words) || person.initials.startsWith(words.toLowerCase());
  };

  const find = (people, typed) => {
    const words = searched(typed);
    if (!words) return [];
    const found = people.filter((person) => means(person, words));
    const exact = (person) => person.name === mask(words);
    return found.filter(exact).concat(found.filter((person) => !exact(person)));
  };

  // What each press makes of a state; a press that does not fit changes nothing.
  const MOVES = {
    in: { "": "present" },
    walk_in: { "": "present" },
    out: { present: "left" },
    back: { left: "present" },
    undo_in: { present: "" },
    undo_out: { left: "present" },
    undo_back: { present: "left" },
  };
  const clock = (at) => {
    // Beijing keeps no summer time: the wall clock is always eight hours ahead of UTC.
    return new Date(Date.parse(at) + 8 * 3600 * 1000).toISOString().slice(11, 16);
  };
  const press = (person, scan) => {
    const next = (MOVES[scan.action] || {})[person.state || ""];
    if (next === undefined) return person;
    return Object.assign({}, person, { state: next || null, since: next ? clock(scan.at) : null, last: scan });
  };

  // The people of a kept list after this phone's presses for its shift; walk-ins stand at the end.
  const after = (list, scans) => {
    const known = new Map(list.people.map((person) => [String(person.id), person]));
    scans.filter((scan) => scan.shift === list.shift.id && !scan.refused).forEach((scan) => {
      const key = String(scan.volunteer || scan.of || scan.nonce);
      if (scan.action === "walk_in" && !known.has(key)) known.set(key, newcomer(scan));
      if (known.has(key)) known.set(key, press(known.get(key), scan));
    });
    return Array.from(known.values());
  };
  const newcomer = (scan) => ({
    id: scan.volunteer || scan.nonce, name: mask(scan.name), last4: scan.phone.slice(-4), initials: "", code: "",
    place: "seated", state: null, since: null, isNew: !scan.volunteer,
  });

  const count = (people) => {
    const came = people.filter((person) => person.state === "present" || person.state === "left");
    return {
      expected: people.filter((person) => person.place === "seated").length,
      came: came.length,
      here: came.filter((person) => person.state === "present").length,
    };
  };

  // The first 32 hexadecimal digits of a code's SHA-256, which is all that the list holds of it.
  const hashed = (code) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(code)).then((bytes) =>
    Array.from(new Uint8Array(bytes)).map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 32));

  return { mask, searched, find, after, count, hashed };
})();
