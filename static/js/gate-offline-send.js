// Asks the server who is signed in and what time it is, sends what waits, and fetches the list.
// A press leaves this phone's store only when the server has answered for it by its name.
window.gateSend = (() => {
  const PATIENCE = 8000;
  const BATCH = 200;
  const REFUSES_ALL = 404;
  const store = window.gateStore;
  const people = window.gatePeople;

  // Status and text of an answer; status 0 where none came in time: a hanging network is none.
  function ask(url, options) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    const asked = Object.assign({ credentials: "same-origin", cache: "no-store", signal: stop.signal }, options);
    asked.headers = Object.assign({ "HX-Request": "true" }, asked.headers);
    return fetch(url, asked)
      .then((answer) => answer.text().then((text) => ({ status: answer.status, text })))
      .catch(() => ({ status: 0, text: "" }))
      .then((answer) => { clearTimeout(timer); return answer; });
  }

  const read = (answer) => { try { return JSON.parse(answer.text); } catch (error) { return null; } };

  // here (with account and token), signed-out, or away.
  async function hello() {
    const began = Date.now();
    const answer = await ask("/organize/offline/hello.json");
    if (answer.status === 401 || answer.status === 404) return { state: "signed-out" };
    const said = answer.status === 200 && read(answer);
    if (!said) return { state: "away" };
    const skew = Math.round(((began + Date.now()) / 2 - Date.parse(said.now)) / 1000) || 0;
    await store.keepFact("skew", skew);
    return Object.assign({ state: "here" }, said);
  }

  // The list of a shift as the server has it now; a shift that is no more takes its list along.
  async function refresh(shift, me) {
    const answer = await ask(`/organize/shifts/${shift}/gate/offline.json`);
    if (answer.status === 404) return store.dropList(shift);
    const list = answer.status === 200 && read(answer);
    if (!list || list.account !== me.account) return undefined;
    return store.keepList(Object.assign(list, { by: me.name, kept: Date.now() }));
  }

  const waiting = (account, shift) => store.scans().then((scans) => scans.filter((scan) =>
    !scan.refused && scan.account === account && (!shift || scan.shift === shift)));

  // Everything that this account pressed on this phone; answers how many the server took.
  async function send(me, unread) {
    const shifts = new Set((await waiting(me.account)).map((scan) => scan.shift));
    let sent = 0;
    for (const shift of shifts) sent += await sendShift(shift, me, unread);
    return sent;
  }

  async function sendShift(shift, me, unread) {
    let size = BATCH;
    for (let sent = 0; ;) {
      // A press for a walk-in waits until the server has said who that is.
      const ready = (await waiting(me.account, shift)).filter((scan) => scan.volunteer || scan.action === "walk_in");
      const batch = ready.slice(0, size);
      if (!batch.length) return sent;
      const answer = await post(shift, me, batch);
      const said = answer.status === 200 && read(answer);
      if (said) sent += await settle(shift, batch, said.results);
      else if (isPassing(answer.status)) throw new Error(`not sent: ${answer.status}`);
      else if (size > 1 && answer.status !== REFUSES_ALL) size = 1; // one of them cannot be read: find out which
      else await settle(shift, batch, batch.map((scan) => ({ nonce: scan.nonce, outcome: "refused", sentence: unread })));
    }
  }

  // What another try, another token or another account may cure.
  const isPassing = (status) => status < 400 || status >= 500 || [400, 401, 403, 408, 409, 429].includes(status);

  const post = (shift, me, batch) => ask(`/organize/shifts/${shift}/scans`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": me.csrf },
    body: JSON.stringify({ account: me.account, scans: batch.map(asSent) }),
  });
  const asSent = (scan) => ({
    nonce: scan.nonce, action: scan.action, volunteer: scan.volunteer, at: scan.at, skew: scan.skew, how: scan.how,
    name: scan.action === "walk_in" ? scan.name : "", phone: scan.phone,
  });

  // Take what the server answered out of the store, in one write with the list that it changes.
  async function settle(shift, batch, results) {
    const said = new Map(results.map((result) => [result.nonce, result]));
    const answered = batch.filter((scan) => said.has(scan.nonce));
    if (!answered.length) throw new Error("the server answered for none of them");
    answered.forEach((scan) => {
      const result = said.get(scan.nonce);
      if (result.outcome === "refused") scan.refused = result.sentence;
      scan.volunteer = scan.volunteer || result.volunteer;
    });
    const list = await store.list(shift);
    if (list) list.people = people.after(list, answered).map((person) => Object.assign({}, person, { isNew: false }));
    const followers = (await store.scans()).filter((scan) => scan.of && said.has(scan.of));
    const named = new Map(answered.map((scan) => [scan.nonce, scan]));
    await store.write((scans, lists) => {
      answered.forEach((scan) => (scan.refused ? scans.put(scan) : scans.delete(scan.nonce)));
      followers.forEach((scan) => {
        const first = named.get(scan.of);
        scans.put(Object.assign(scan, first.refused ? { refused: first.refused } : { volunteer: first.volunteer }));
      });
      if (list) lists.put(list, shift);
    }, "scans", "lists");
    return answered.filter((scan) => !scan.refused).length;
  }

  return { hello, refresh, send, waiting };
})();
