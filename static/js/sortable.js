// Lists in an order of one's own. <ul data-sortable data-group="role" data-list="3"> holds <li id="role-7" data-move-url="...">,
// each with a handle [data-grip]: dragged with the mouse or a finger, moved with the arrow keys.
import { loadScript, onContent, say, vendor } from "./page.js";

onContent(async () => {
  const lists = document.querySelectorAll("[data-sortable]:not([data-ready])");
  if (!lists.length) return;
  await loadScript(vendor("sorter"));
  for (const list of lists) makeSortable(list);
});

function makeSortable(list) {
  list.dataset.ready = "";
  window.Sortable.create(list, {
    group: list.dataset.group,
    handle: "[data-grip]",
    draggable: "[data-move-url]",
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
    onEnd: ({ item, from, to, oldDraggableIndex, newDraggableIndex }) => {
      if (from !== to || oldDraggableIndex !== newDraggableIndex) send(item, to, newDraggableIndex);
    },
  });
}

document.addEventListener("keydown", (event) => {
  const item = event.target.closest?.("[data-grip]")?.closest("[data-move-url]");
  if (!item || !event.key.startsWith("Arrow")) return;
  event.preventDefault();
  const list = item.closest("[data-sortable]");
  const items = itemsOf(list);
  const step = event.key === "ArrowUp" || event.key === "ArrowLeft" ? -1 : 1;
  if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    const position = items.indexOf(item) + step;
    if (position >= 0 && position < items.length) send(item, list, position, true);
  } else {
    const lists = [...document.querySelectorAll(`[data-sortable][data-group="${list.dataset.group}"]`)];
    const next = lists[lists.indexOf(list) + step];
    if (next) send(item, next, Math.min(items.indexOf(item), itemsOf(next).length), true);
  }
});

function itemsOf(list) {
  return [...list.querySelectorAll(":scope > [data-move-url]")];
}

/** The server keeps the order; its answer is the whole section, so focus has to find its way back. */
async function send(item, list, position, byKey = false) {
  const section = item.closest("[data-section]");
  const values = { position, list: list.dataset.list ?? "" };
  await htmx.ajax("POST", item.dataset.moveUrl, { source: item, target: section, swap: "outerHTML", values });
  const moved = document.getElementById(item.id);
  const peers = moved ? itemsOf(moved.closest("[data-sortable]")) : [];
  if (byKey) moved?.querySelector("[data-grip]")?.focus();
  if (moved) say(document.body.dataset.moved.replace("%(position)s", peers.indexOf(moved) + 1).replace("%(total)s", peers.length));
}
