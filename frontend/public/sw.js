// Keeps the application on the device, so that it opens without a connection.
//
// - One cache a build. Files whose names carry their hash are taken over from the build before.
// - A new build waits until the page says { kind: "activate" }: nothing changes under a reader's hands.
// - Navigations get the cached shell, whatever the address: deep links open offline.
// - /api/ is never touched. Only this application's own older caches are deleted.
//
// Register with { updateViaCache: "none" }.
const BUILD = "{{build}}";
const PRECACHE = {{precache}};
// Kept once they were used: the office's screens, the desk.
const OPTIONAL = {{optional}};
const PREFIX = "cascade-shell-";
const CACHE = PREFIX + BUILD;
const SHELL = "/";

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data && event.data.kind === "activate") self.skipWaiting();
  if (event.data && event.data.kind === "keep-whole") event.waitUntil(keepWhole());
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname === "/api" || url.pathname.startsWith("/api/")) return;
  if (request.mode === "navigate") {
    event.respondWith(answer(SHELL, request));
  } else if (PRECACHE.includes(url.pathname)) {
    event.respondWith(answer(url.pathname, request));
  } else if (OPTIONAL.includes(url.pathname) && hashed(url.pathname)) {
    event.respondWith(keep(url.pathname, request));
  }
});

async function install() {
  const cache = await caches.open(CACHE);
  await Promise.all(
    PRECACHE.map(async (path) => {
      const kept = hashed(path) ? await caches.match(path) : undefined;
      const response = kept ?? (await fetch(path, { cache: "no-cache", credentials: "same-origin" }));
      if (!response.ok || response.redirected) throw new Error(`${path}: ${response.status}`);
      await cache.put(path, response);
    }),
  );
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
  );
  await self.clients.claim();
}

// From this build's cache; if the browser has dropped it, from the network.
async function answer(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}

async function keep(path, request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(path);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && !response.redirected) await cache.put(path, response.clone());
  return response;
}

// The whole application, for the rarely needed screens: what cannot be fetched now is fetched when it is used.
async function keepWhole() {
  const office = OPTIONAL.filter((path) => path.startsWith("/office") && hashed(path));
  await Promise.allSettled(office.map((path) => keep(path, new Request(path))));
}

// A name such as app-3f9c2a7be1d04c55.js never changes its content.
function hashed(path) {
  return /[-.][0-9a-f]{8,}\.[a-z0-9]+$/.test(path);
}
