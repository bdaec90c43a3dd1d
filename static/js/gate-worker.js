// The gate's service worker. It keeps one empty gate page with its style and scripts, and gives
// it where the network gives nothing; the people are in the phone's own store, never in here.
// VERSION, SHELL and KEPT come from the route that loads this file.
const PATIENCE = 3000; // a hanging network is worse than none
const AT_THE_GATE = /^\/(organize\/shifts\/\d+\/gate|codes\/[^/]+)\/?$/;
const NOBODY_ANSWERS = [502, 503, 504];

const kept = (path) => caches.match(path, { ignoreVary: true });

async function keep() {
  const cache = await caches.open(self.VERSION);
  await cache.addAll(self.KEPT.concat(self.SHELL).map((path) => new Request(path, { cache: "reload" })));
  await self.skipWaiting();
}

async function takeOver() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("gate-") && name !== self.VERSION);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

// The network's page; at the gate no later than after three seconds, else the kept one.
async function page(request, atTheGate) {
  const live = fetch(request);
  if (!atTheGate) return live.catch(async () => (await kept(self.SHELL)) || Response.error());
  const answered = live.then(async (answer) =>
    NOBODY_ANSWERS.includes(answer.status) ? (await kept(self.SHELL)) || answer : answer);
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const late = patience.then(async () => (await kept(self.SHELL)) || answered);
  return Promise.race([answered, late]).catch(async () => (await kept(self.SHELL)) || Response.error());
}

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin || request.method !== "GET") return;
  if (self.KEPT.includes(pathname)) event.respondWith(kept(pathname).then((found) => found || fetch(request)));
  else if (request.mode === "navigate") event.respondWith(page(request, AT_THE_GATE.test(pathname)));
});
