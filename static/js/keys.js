// Single-letter keys. Off while typing, and for those who switched them off (WCAG 2.1.4).
import { openDialog } from "./dialogs.js";
import { isTyping, onContent } from "./page.js";
import { onRowKey } from "./rows.js";

const PATIENCE = 1500; // milliseconds between G and the letter of the place
const ADD = "#add"; // a link to a page that ends so presses the page's own button (plans/find/commands.py)
let goingSince = 0;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isTyping(event.target) || document.body.dataset.keys === "off" || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  const going = Date.now() - goingSince < PATIENCE;
  goingSince = key === "g" ? Date.now() : 0;
  if (!going && !event.shiftKey && onRowKey(key)) return event.preventDefault();
  const target = going ? document.querySelector(`[data-go="${CSS.escape(key)}"]`) : targetOf(key);
  if (!target) return;
  event.preventDefault();
  if (target instanceof HTMLInputElement) target.focus();
  else if (target instanceof HTMLDialogElement) openDialog(target);
  else target.click();
});

function targetOf(key) {
  if (key === "?") return document.getElementById("shortcuts");
  if (key === "/") return document.querySelector("[data-search]") ?? document.querySelector("[data-palette]");
  return /^[a-z]$/.test(key) ? mainButton(key) : null;
}

/** Of several with the same letter the next one after where one is: a list adds to its own end. */
function mainButton(key) {
  const here = document.activeElement.closest("main :focus");
  const all = [...document.querySelectorAll(`[data-key="${key}"]`)];
  const after = (button) => here.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING;
  return (here && all.find(after)) ?? all[0];
}

addEventListener("hashchange", addAtOnce);
document.addEventListener("DOMContentLoaded", addAtOnce); // not before: HTMX must know the button

function addAtOnce() {
  if (location.hash !== ADD) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  mainButton("c")?.click();
}

// The sheet lists what this page knows: parts of it say where they hold, and C is called as the page calls it.
onContent(() => {
  const sheet = document.getElementById("shortcuts");
  for (const part of sheet?.querySelectorAll("[data-when]") ?? []) part.hidden = !document.querySelector(part.dataset.when);
  const name = sheet?.querySelector("[data-names]");
  if (name) name.textContent = document.querySelector('[data-key="c"]')?.textContent.trim() ?? "";
});
