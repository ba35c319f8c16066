// Items: the form that takes the place of one, and the one menu that serves all of them (templates/frame/item_deeds.html).
import { onContent } from "./page.js";

const GAP = 4;
const DEEDS = "duplicate up down delete";
const menu = document.getElementById("item-menu");
let opener = null; // the button the menu stands beside
let perform = null; // what to do with the deed that is chosen

onContent(() => {
  const [grip, pencil, more] = document.getElementById("item-tools")?.content.children ?? [];
  if (!grip) return;
  for (const handle of document.querySelectorAll("[data-grip]:empty")) dress(handle, grip, handle.dataset.grip);
  for (const link of document.querySelectorAll(".item-menu > [data-edit]:has(b)")) {
    const name = link.querySelector("b").textContent;
    const button = dress(more.cloneNode(), more, name);
    button.dataset.more = link.parentElement.dataset.deeds;
    link.after(button);
    link.ariaLabel = link.textContent;
    dress(link, pencil);
  }
});

/** Looks like `sample`, and is called like it with the name of the item. */
function dress(control, sample, name) {
  if (name) control.ariaLabel = sample.ariaLabel.replace("{name}", () => name);
  if (control.type === "submit") control.type = "button";
  control.replaceChildren(...sample.cloneNode(true).childNodes);
  return control;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-edit]");
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (link?.dataset.edit && plain) {
    event.preventDefault();
    htmx.ajax("GET", link.href, { source: link, target: `#${link.dataset.edit}`, swap: "innerHTML" });
  }
  const add = event.target.closest(".item-add > .add");
  if (add && plain) {
    event.preventDefault();
    htmx.ajax("GET", add.href, { source: add, target: add.parentElement, swap: "innerHTML" });
  }
  const button = event.target.closest("[data-more]");
  if (button) openMenu(button, button.dataset.more || DEEDS, (deed) => doTo(button, deed));
});

/** Beside `button`, with these deeds of the menu; `then` is told which one is chosen. */
export function openMenu(button, deeds, then) {
  const offered = deeds.split(" ");
  for (const entry of entries()) entry.hidden = !offered.includes(entry.dataset.deed);
  menu.querySelector("hr").hidden = offered.length < 2 || !offered.includes("delete");
  [opener, perform] = [button, then];
  button.focus();
  menu.showPopover();
  button.setAttribute("aria-expanded", "true");
  place(button.getBoundingClientRect());
  shown()[0].focus();
}

function doTo(button, deed) {
  const item = button.closest(".item-menu");
  const move = deed === "up" || deed === "down";
  const url = item.querySelector("[data-edit]").href.replace(/edit\/$/, move ? "move/" : `${deed}/`);
  const values = move ? { direction: deed } : {};
  htmx.ajax("POST", url, { source: item, target: item.closest("[data-section]"), swap: "outerHTML", values });
}

/** Fixed to the window, so that no scrolling panel cuts the menu off; above its button where there is no room below. */
function place(button) {
  const { width, height } = menu.getBoundingClientRect();
  const below = button.bottom + GAP;
  const top = below + height > innerHeight ? Math.max(GAP, button.top - height - GAP) : below;
  const left = Math.max(GAP, Math.min(button.right - width, innerWidth - width - GAP));
  Object.assign(menu.style, { top: `${top}px`, left: `${left}px` });
}

const entries = () => [...menu.querySelectorAll("[data-deed]")];
const shown = () => entries().filter((entry) => !entry.hidden);

menu?.addEventListener("click", (event) => {
  const deed = event.target.closest("[data-deed]")?.dataset.deed;
  if (!deed) return;
  menu.hidePopover();
  perform(deed);
});

// Escape closes it and brings focus back: that much a popover does by itself.
menu?.addEventListener("keydown", (event) => {
  const all = shown();
  const index = all.indexOf(document.activeElement);
  const next = { ArrowDown: all[(index + 1) % all.length], ArrowUp: all.at(index - 1), Home: all[0], End: all.at(-1) };
  if (event.key === "Tab") menu.hidePopover();
  if (!next[event.key]) return;
  event.preventDefault();
  next[event.key].focus();
});

menu?.addEventListener("toggle", (event) => {
  if (event.newState === "closed") opener?.removeAttribute("aria-expanded");
});
document.addEventListener("scroll", (event) => {
  if (event.target !== menu && menu?.matches(":popover-open")) menu.hidePopover();
}, true);
