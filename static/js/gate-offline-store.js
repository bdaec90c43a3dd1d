// What this phone keeps for the gate: the lists of shifts, the presses that wait, and the
// walk-in that somebody is typing. Nothing here speaks to the network.
window.gateStore = (() => {
  const DAY = 24 * 3600 * 1000;
  let opening = null;

  function open() {
    opening = opening || new Promise((resolve, reject) => {
      const asked = indexedDB.open("volboard-gate", 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("lists");
        asked.result.createObjectStore("scans", { keyPath: "nonce" });
        asked.result.createObjectStore("facts");
      };
      asked.onsuccess = () => {
        // Safari closes a database behind a page's back; the next call opens it again.
        asked.result.onclose = asked.result.onversionchange = () => { asked.result.close(); opening = null; };
        resolve(asked.result);
      };
      asked.onerror = () => reject(asked.error);
    }).catch((error) => { opening = null; throw error; });
    return opening;
  }

  // Resolves when the phone says that the change is on its disk, not before.
  const write = (change, ...stores) => open().then((db) => new Promise((resolve, reject) => {
    const deal = db.transaction(stores, "readwrite", { durability: "strict" });
    deal.oncomplete = () => resolve();
    deal.onerror = deal.onabort = () => reject(deal.error);
    change(...stores.map((name) => deal.objectStore(name)));
  }));

  const ask = (store, question) => open().then((db) => new Promise((resolve, reject) => {
    const asked = question(db.transaction(store).objectStore(store));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  }));

  const list = (shift) => ask("lists", (lists) => lists.get(shift));
  const lists = () => ask("lists", (all) => all.getAll());
  const keepList = (kept) => write((all) => all.put(kept, kept.shift.id), "lists");
  const dropList = (shift) => write((all) => all.delete(shift), "lists");

  // In the order of the presses; two of the same millisecond by their names, as the server does.
  const scans = () => ask("scans", (all) => all.getAll()).then((found) =>
    found.sort((a, b) => (a.at === b.at ? (a.nonce < b.nonce ? -1 : 1) : a.at < b.at ? -1 : 1)));
  const keepScan = (scan) => write((all) => all.put(scan), "scans");
  const dropScan = (nonce) => write((all) => all.delete(nonce), "scans");

  const fact = (name) => ask("facts", (facts) => facts.get(name));
  const keepFact = (name, value) => write((facts) => facts.put(value, name), "facts");
  const dropFact = (name) => write((facts) => facts.delete(name), "facts");

  // At sign-out, and when the server says that nobody is signed in: all but the unsent presses.
  const forget = () => write((all, facts) => { all.clear(); facts.clear(); }, "lists", "facts");

  // A list outlives its shift by a day at most.
  const prune = () => lists().then((kept) => Promise.all(kept
    .filter((one) => Date.parse(one.shift.ends_at) + DAY < Date.now())
    .map((one) => dropList(one.shift.id))));

  return { list, lists, keepList, dropList, scans, keepScan, dropScan, fact, keepFact, dropFact, forget, prune, write };
})();
