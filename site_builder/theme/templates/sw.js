// The service worker: the self-diagnosis without a network, and every page that was visited.
//
// `files` are what the self-diagnosis consists of, each with its hash: all of one build or none. Pages and rules come
// from the network while it answers; what is named after its contents comes from the store. A new build's worker
// waits until no page of the old one is open, and only then clears the old store away. The search page fetches its whole
// index after the first search, which then stays with the visited pages.

const build = {{ build | tojson }};
const files = {{ files | tojson }};
const pages = new Set({{ pages | tojson }}.map(address));
const noNetwork = address({{ no_network | tojson }}); // what is shown where there is neither a network nor a copy
const rules = address({{ rules | tojson }});
const index = address({{ index | tojson }}); // what is searched with; kept when somebody has searched
const scope = registration.scope; // the store belongs to the whole host, and so its names begin with ours
const whole = `${scope} ${build}`;
const visited = `${scope} ${build} visited`;
const memory = `${scope} memory `; // the worker of the self-diagnosis keeps it, and forgets it when it is of another build
const small = new Set(["style", "image", "script", "worker"]);
const hashed = /-[0-9a-f]{12}\//;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope)) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (hashed.test(request.url)) event.respondWith(asset(event));
  else if (request.url === rules) event.respondWith(newestRules(request));
});

function address(path) {
  return new URL(path, registration.scope).href;
}

function bare(request) {
  return request.url.split(/[?#]/)[0];
}

async function install() {
  try {
    const store = await caches.open(whole);
    await Promise.all(Object.entries(files).map(([path, integrity]) => take(store, path, integrity)));
  } catch (error) {
    await caches.delete(whole); // no room, or no network any more: there is no half of a build
    throw error;
  }
}

async function take(store, path, integrity) {
  const cache = hashed.test(path) ? "default" : "no-cache";
  await keep(store, address(path), await fetch(address(path), { cache, integrity }));
}

async function activate() {
  const ours = (await caches.keys()).filter((name) => name.startsWith(`${scope} `) && !name.startsWith(memory));
  const old = ours.filter((name) => name !== whole && name !== visited);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

// Keep an answer with the time at which it came.
async function keep(store, url, response) {
  const headers = new Headers(response.headers);
  headers.set("Stored-On", new Date().toISOString());
  await store.put(url, new Response(response.body, { status: response.status, headers }));
}

// The store may be broken or full; then everything comes from the network, as if there were no service worker.
async function stored(name, url) {
  try {
    return await (await caches.open(name)).match(url);
  } catch {
    return undefined;
  }
}

// Nothing where there is no network.
async function fetched(request) {
  return fetch(request).catch(() => undefined);
}

async function newestRules(request) {
  const response = await fetched(request);
  return response?.ok ? response : ((await stored(whole, rules)) ?? response ?? Response.error());
}

async function asset(event) {
  const { request } = event;
  const url = bare(request);
  const found = (await stored(whole, url)) ?? (await stored(visited, url));
  if (found !== undefined) return found;
  const response = await fetch(request);
  if (small.has(request.destination) || url.startsWith(index)) keepVisited(event, response); // or a page of a newer build was visited
  return response;
}

// The pages of the self-diagnosis are kept with the build to which they belong, any other page as it was last seen.
async function page(event) {
  const url = bare(event.request);
  const response = await fetched(event.request);
  if (response !== undefined && response.status < 500) {
    if (!pages.has(url)) keepVisited(event, response);
    return response;
  }
  const found = (await stored(whole, url)) ?? (await stored(visited, url));
  return found === undefined ? (response ?? withoutNetwork()) : asStored(found);
}

async function withoutNetwork() {
  const page = await stored(whole, noNetwork);
  return page === undefined ? Response.error() : new Response(page.body, { status: 503, headers: page.headers });
}

function keepVisited(event, response) {
  if (response.status !== 200 || response.redirected) return;
  const copy = response.clone();
  const url = bare(event.request);
  event.waitUntil(caches.open(visited).then((store) => keep(store, url, copy)).catch(() => {})); // no room is no failure
}

// Show on a page from the store the sentence that it has for this, with the day on which it was stored. What is no page is
// left as it is: a picture that is read as text is none any more.
async function asStored(response) {
  if (!response.headers.get("Content-Type")?.startsWith("text/html")) return response;
  const day = new Date(response.headers.get("Stored-On"));
  const html = (await response.text())
    .replace('<p class="stored" hidden>', '<p class="stored">')
    .replace(/<span data-day-in="([\w-]+)"><\/span>/, (_, locale) => {
      const words = new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(day);
      return `<time datetime="${day.toISOString()}">${words}</time>`;
    });
  return new Response(html, { status: response.status, headers: response.headers });
}
