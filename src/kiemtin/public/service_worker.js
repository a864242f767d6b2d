// Keeps the look of the site and one page for when there is no network. It keeps no fact-check: what is out of date
// must not look as if it were today's. SITE stands in the line above, written by the server.
"use strict";
const SHELL = "kiemtin-" + SITE.version;
const DRAFT = "kiemtin-draft";

self.addEventListener("install", (event) => {
  // The files of the shell come out of the browser's own cache, where the page that is open has just put them.
  const pages = Object.values(SITE.offline).map((url) => new Request(url, { cache: "reload" }));
  const files = SITE.shell.concat(pages);
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(files)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== SHELL && name !== DRAFT).map((name) => caches.delete(name)));
    if (self.registration.navigationPreload) await self.registration.navigationPreload.enable();
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin || SITE.staff.some((path) => url.pathname.startsWith(path))) return;
  if (request.mode === "navigate") {
    event.respondWith(page(event, url));
  } else if (request.method === "GET" && SITE.shell.includes(url.pathname + url.search)) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  }
});

async function page(event, url) {
  const isDraft = event.request.method === "POST" && SITE.drafts.includes(url.pathname);
  const copy = isDraft ? event.request.clone() : null;
  try {
    return (await event.preloadResponse) || (await fetch(event.request));
  } catch (error) {
    if (copy) await keep(copy).catch(() => {});
    return (await caches.match(SITE.offline[languageOf(url.pathname)])) || Response.error();
  }
}

// What was to be sent stays on this device until the page that says so has put it back into the field.
async function keep(request) {
  const form = await request.formData();
  const pieces = ["title", "text", "url"].map((name) => form.get(name)).filter((piece) => typeof piece === "string");
  const text = pieces.map((piece) => piece.trim()).filter(Boolean).join("\n");
  if (text) await (await caches.open(DRAFT)).put("/draft", new Response(text));
}

function languageOf(path) {
  const found = Object.keys(SITE.homes).find((code) => SITE.homes[code] !== "/" && path.startsWith(SITE.homes[code]));
  return found || SITE.language;
}
