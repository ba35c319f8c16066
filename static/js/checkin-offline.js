// The check-in without a connection: worker.js keeps a copy of the page, and this keeps the copy up to date with what was
// saved in it since, so that it can be opened again and nobody types a value twice.
import { onContent } from "./page.js";

const SOON = 300; // milliseconds; several lines saved at once are one copy
const { person, copied } = document.body.dataset;
const version = document.querySelector('script[src*="/js/app"]').src.split("/").pop();
const name = `salesplan-${person}-${version}`;
const url = location.href.split("#")[0];
let timer = null;

if (copied) showAge();
// A company's own server without https has no such thing: there the page must stay open.
if ("serviceWorker" in navigator) start().catch(() => {});

async function start() {
  await navigator.serviceWorker.register(document.querySelector("[data-worker]").dataset.worker, { scope: "/" });
  const { active } = await navigator.serviceWorker.ready;
  if (document.readyState !== "complete") await new Promise((loaded) => addEventListener("load", loaded));
  if (!copied) active.postMessage({ cache: name, url, files: files() });
  onContent(() => {
    clearTimeout(timer);
    timer = setTimeout(() => update().catch(() => {}), SOON);
  });
}

/** What the page has loaded from our own server, and what is loaded with the first touch. */
function files() {
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name.split("#")[0]);
  return [...new Set(loaded)].filter((file) => new URL(file).pathname.startsWith("/static/"));
}

async function update() {
  const cache = await caches.open(name);
  const copy = await cache.match(url, { ignoreVary: true });
  if (!copy) return;
  const page = new DOMParser().parseFromString(await copy.text(), "text/html");
  for (const id of ["checkin", "ci-progress"]) {
    const part = document.getElementById(id);
    if (part) page.getElementById(id)?.replaceWith(asSent(part));
  }
  await cache.put(url, new Response(`<!doctype html>${page.documentElement.outerHTML}`, { headers: copy.headers }));
}

/** Without what scripts have added; what is typed stands in properties, and does not go along. */
function asSent(part) {
  const clone = part.cloneNode(true);
  clone.classList.remove("live");
  for (const added of clone.querySelectorAll(".unsaved-mark, .ci-hr, [data-asks]")) if (!added.closest("template")) added.remove();
  for (const line of clone.querySelectorAll("[data-held]")) {
    line.classList.remove("held", "ok", "err");
    line.classList.add(line.dataset.was);
    delete line.dataset.held;
    delete line.dataset.was;
  }
  for (const line of clone.querySelectorAll(".ci-r[data-done]")) {
    line.classList.replace("now", "ok");
    delete line.dataset.done;
  }
  return document.importNode(clone, true);
}

function showAge() {
  const note = document.getElementById("ci-copied");
  const when = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  note.querySelector("[role=status]").textContent = note.dataset.says.replace("{when}", when.format(new Date(copied)));
  note.hidden = false;
}
