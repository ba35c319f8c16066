// Menus are native <details class="menu">: they open without script. This closes and places them.
import { isTyping } from "./page.js";

const GAP = 4;

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches?.("details.menu") || !menu.open) return;
  closeAll(menu);
  place(menu);
}, true);

document.addEventListener("click", (event) => closeAll(event.target.closest("details.menu")));
document.addEventListener("scroll", (event) => {
  // The keyboard of a phone scrolls the page under the field it comes up for.
  if (!event.target.closest?.(".menu-x") && !document.activeElement.closest(".menu-x :is(input, select)")) closeAll();
}, true);

document.addEventListener("keydown", (event) => {
  const open = document.querySelector("details.menu[open]");
  if (!open) return;
  if (event.key === "Escape") {
    open.open = false;
    open.querySelector("summary").focus();
    event.preventDefault();
    event.stopPropagation();
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !isTyping(event.target)) {
    const entries = [...open.querySelectorAll(".menu-x a, .menu-x button")];
    const step = event.key === "ArrowDown" ? 1 : -1;
    const index = entries.indexOf(document.activeElement);
    entries.at(index < 0 ? 0 : (index + step) % entries.length)?.focus();
    event.preventDefault();
  }
}, true);

function closeAll(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

/** Fixed to the window, so that no scrolling panel cuts the menu off; above its button where there is no room below. */
function place(menu) {
  const list = menu.querySelector(".menu-x");
  const button = menu.querySelector("summary").getBoundingClientRect();
  const { width, height } = list.getBoundingClientRect();
  const below = button.bottom + GAP;
  const top = below + height > innerHeight ? Math.max(GAP, button.top - height - GAP) : below;
  const left = Math.max(GAP, Math.min(button.right - width, innerWidth - width - GAP));
  Object.assign(list.style, { position: "fixed", top: `${top}px`, left: `${left}px`, right: "auto", bottom: "auto" });
}
