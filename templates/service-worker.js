{% load static %}// Network first; keeps one page without anything personal for when there is no network.
const kept = "kring-{% static 'kring/site.css' %}";
const files = ["{% url 'offline' %}", "{% static 'kring/site.css' %}", "{% static 'kring/icons.svg' %}", "{% static 'kring/rings.svg' %}", "{% static 'kring/mark.svg' %}"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(kept).then((cache) => cache.addAll(files)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== kept).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const page = event.request.mode === "navigate";
  const file = files.includes(new URL(event.request.url).pathname);
  if (!page && !file) return;
  event.respondWith(fetch(event.request).catch(() => caches.match(page ? files[0] : event.request)));
});
