// Single-letter keys. Off while typing, and for those who switched them off (WCAG 2.1.4).
import { isTyping } from "./page.js";

const PATIENCE = 1500; // milliseconds between G and the letter of the place
let goingSince = 0;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isTyping(event.target) || document.body.dataset.keys === "off" || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  const going = Date.now() - goingSince < PATIENCE;
  goingSince = key === "g" ? Date.now() : 0;
  const target = going ? document.querySelector(`[data-go="${CSS.escape(key)}"]`) : targetOf(key);
  if (!target) return;
  event.preventDefault();
  if (target instanceof HTMLInputElement) target.focus();
  else if (target instanceof HTMLDialogElement) target.showModal();
  else target.click();
});

function targetOf(key) {
  if (key === "?") return document.getElementById("shortcuts");
  if (key === "/") return document.querySelector("[data-search]");
  return /^[a-z]$/.test(key) ? document.querySelector(`[data-key="${key}"]`) : null;
}
