// Lets who has opened a check-in open it again without a connection (docs/decisions/0033). It keeps copies of these pages
// and of the files they need, and gives them out only when the server does not answer. Nothing is written through it:
// what is typed waits in the page's own storage (waiting.js). Whose a copy is stands in the name of its cache; the pages
// throw away those of anybody else, and everybody's when nobody is signed in.

const PAGES = /^\/(week|plans\/\d+\/checkin)\/$/;
const OURS = "salesplan-";
const PATIENCE = 6_000; // milliseconds a page is waited for when there is a copy
const OLDEST = 7 * 24 * 3_600_000; // an older copy is not shown
const KEPT = ["content-type", "content-language", "content-security-policy"];
const DOWN = [502, 503, 504];
const fresh = new Map(); // pages that have just been answered, until they say whose they are

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && PAGES.test(pathname)) event.respondWith(page(request));
  else if (request.mode !== "navigate" && pathname.startsWith("/static/")) event.respondWith(file(request));
});

async function page(request) {
  const copy = copyOf(request.url);
  const answer = fetch(request).then((response) => {
    if (response.ok) fresh.set(request.url, response.clone());
    return response;
  });
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  try {
    const first = await Promise.race([answer, late.then(() => copy)]);
    const given = first ?? (await answer);
    return (DOWN.includes(given.status) && (await copy)) || given;
  } catch {
    return (await copy) ?? Response.error();
  }
}

async function file(request) {
  try {
    return await fetch(request);
  } catch {
    return (await find(request)) ?? Response.error();
  }
}

async function find(request) {
  for (const name of await ours()) {
    const found = await (await caches.open(name)).match(request, { ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

const ours = async () => (await caches.keys()).filter((name) => name.startsWith(OURS));

/** The copy says of when it is. */
async function copyOf(url) {
  const found = await find(url);
  const at = found?.headers.get("x-copied");
  if (!at || Date.now() - Date.parse(at) > OLDEST) return undefined;
  const html = (await found.text()).replace("<body ", `<body data-copied="${at}" `);
  return new Response(html, { headers: found.headers });
}

/** A page that stands there says whose it is, by the name of the cache, and what files it needs. */
self.addEventListener("message", (event) => {
  const { cache, url, files } = event.data;
  event.waitUntil(keep(cache, url, files).catch(() => {}));
});

async function keep(name, url, files) {
  for (const other of await ours()) if (other !== name) await caches.delete(other);
  const cache = await caches.open(name);
  for (const each of files) if (!(await cache.match(each, { ignoreVary: true }))) await cache.add(each);
  const response = fresh.get(url) ?? (await fetch(url));
  fresh.clear();
  if (!response.ok || response.redirected) return;
  const headers = KEPT.map((header) => [header, response.headers.get(header)]).filter(([, value]) => value);
  await cache.put(url, new Response(await response.text(), { headers: [...headers, ["x-copied", new Date().toISOString()]] }));
}
