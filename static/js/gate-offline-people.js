// Whom the kept list means by what is typed, and where each person stands after the presses
// that wait on this phone. Values in, values out: this file touches neither page nor network.
window.gatePeople = (() => {
  const { names } = window;
  const mask = (name) => {
    const signs = Array.from(name);
    if (signs.length <= 2) return signs.slice(0, 1).join("") + "*".repeat(Math.max(signs.length - 1, 0));
    return `${signs[0]}*${signs[signs.length - 1]}`;
  };

  const byDigits = (person, digits) => (digits.length > 4 ? person.last4 === digits.slice(-4) : person.last4.includes(digits));
  // Only the first and the last sign of a name are kept, so a name of the same shape is meant too.
  const ends = (name) => [names.fold(name.slice(0, name.indexOf("*"))), names.fold(name.slice(name.indexOf("*") + 1))];
  const isShape = (person, words) => {
    const signs = Array.from(words);
    if (person.name.indexOf("*") < 0) return names.fold(person.name) === words;
    const [first, last] = ends(person.name);
    return first === signs[0] && (last ? signs.length > 2 && last === signs[signs.length - 1] : signs.length === 2);
  };
  // A part of a name may be typed: two signs of any, more of one that has several parts.
  const hasParts = (person) => /^[\u0000-\u024f]/.test(person.name) || person.initials.split(" ")[0].length > 4;
  const byName = (person, words) => {
    const signs = Array.from(words);
    if (isShape(person, words)) return true;
    const [first, last] = ends(person.name);
    return (signs.length <= 2 || hasParts(person)) && (first === signs[0] || last === signs[signs.length - 1]);
  };
  const bySound = (person, words) =>
    /^[a-z]+$/.test(words) && person.initials.split(" ").some((letters) => names.sounds(words, letters));
  const means = (person, sought) =>
    (!sought.digits || byDigits(person, sought.digits))
    && (!sought.words || byName(person, sought.words) || bySound(person, sought.words));

  const find = (people, typed) => {
    const sought = names.searched(typed);
    if (!sought.digits && !sought.words) return [];
    const found = people.filter((person) => means(person, sought));
    const exact = (person) => Boolean(sought.words) && isShape(person, sought.words);
    return found.filter(exact).concat(found.filter((person) => !exact(person)));
  };

  // Who is expected, has not come, and has a number that ends like this one.
  const sameNumber = (people, phone) => people.filter((one) => !one.state && !one.isNew && one.last4 === phone.slice(-4));

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

  return { mask, find, sameNumber, after, count, hashed };
})();
