// A message stays ten seconds, longer while someone is on it, and until it is closed when it reports an error.
import { isTyping, onContent } from "./page.js";

const SECONDS = 10;

onContent(() => document.querySelectorAll("[data-toast]:not([data-running])").forEach(start));

function start(toast) {
  toast.dataset.running = "";
  if (toast.dataset.toast === "error") return;
  let timer;
  const wait = () => (timer = setTimeout(() => toast.remove(), SECONDS * 1000));
  const pause = () => clearTimeout(timer);
  toast.addEventListener("mouseenter", pause);
  toast.addEventListener("focusin", pause);
  toast.addEventListener("mouseleave", wait);
  toast.addEventListener("focusout", wait);
  wait();
}

document.addEventListener("click", (event) => {
  event.target.closest("[data-toast] [data-close]")?.closest("[data-toast]").remove();
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) event.detail.elt.closest("[data-undo]")?.closest("[data-toast]").remove();
});

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "z" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || document.body.dataset.keys === "off") return;
  [...document.querySelectorAll("[data-undo]")].at(-1)?.requestSubmit();
});
