// The board, and "my work": cards are dragged to another column, moved with Shift and an arrow, or by "Move".
// The server says where a card belongs (data-in); whatever happens to a request, the card stands there afterwards.
import { loadScript, onContent, say, vendor } from "./page.js";

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const TOUCH_DELAY = 250; // milliseconds a finger rests before it drags rather than scrolls

const board = () => document.querySelector("[data-board]");
const columns = () => [...document.querySelectorAll("[data-column]")];
const cardsIn = (place) => [...place.querySelectorAll(".ac")];
const addressOf = (card) => board().dataset.board.replace("/0/", `/${card.id.replace("action-", "")}/`);

onContent(async () => {
  if (!document.querySelector(".kb[data-board] .kb-l:not([data-ready])")) return;
  await loadScript(vendor("sorter"));
  for (const list of document.querySelectorAll(".kb[data-board] .kb-l:not([data-ready])")) makeSortable(list);
});

function makeSortable(list) {
  list.dataset.ready = "";
  window.Sortable.create(list, {
    group: "cards",
    draggable: ".ac",
    sort: false, // inside a column the order is that of the page
    delay: TOUCH_DELAY,
    delayOnTouchOnly: true,
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
    onEnd: ({ item, from, to }) => {
      if (from !== to) move(item, to.closest("[data-column]").dataset.column);
    },
  });
}

document.addEventListener("keydown", (event) => {
  const card = event.target.closest?.("[data-board] .ac");
  const step = ARROWS[event.key];
  if (!card || !step || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("form")) return;
  const all = columns();
  const here = all.indexOf(card.closest("[data-column]"));
  const next = all[here + step[0]];
  if (event.shiftKey) {
    if (!step[0]) return;
    event.preventDefault();
    if (next) move(card, next.dataset.column);
    return;
  }
  event.preventDefault();
  const peers = cardsIn(all[here] ?? board());
  const index = peers.indexOf(card);
  const target = step[0] ? nearest(all, here, step[0], index) : peers[index + step[1]];
  if (target) focusOn(target);
});

/** The card at the same height in the next column that has any. */
function nearest(all, here, step, index) {
  for (let at = here + step; here >= 0 && all[at]; at += step) {
    const cards = cardsIn(all[at]);
    if (cards.length) return cards[Math.min(index, cards.length - 1)];
  }
  return null;
}

function focusOn(card) {
  card.querySelector(".ac-t").focus();
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Put the card where the server says it is; the column, if it is on the page. */
function place(card) {
  const column = columns().find((one) => one.dataset.column === card?.dataset.in);
  if (column && card.closest("[data-column]") !== column) column.querySelector(".kb-l").prepend(card);
  return column;
}

// A request that had failed and was sent again answers with a card as well.
document.addEventListener("htmx:afterSettle", () => {
  for (const card of document.querySelectorAll(".kb .ac[data-in]")) place(card);
});

async function move(card, value) {
  const { id } = card;
  const values = { value, version: card.dataset.version };
  try {
    await htmx.ajax("POST", addressOf(card), { source: card, target: card, swap: "outerHTML", values });
  } catch {
    // no connection: the move waits, and the card stays where it was moved to (waiting-marks.js)
  } finally {
    await settle(id);
  }
}

/** Focus goes with the card; one that belongs to a column nobody has seen yet brings the whole board. */
async function settle(id) {
  const column = place(document.getElementById(id));
  if (!column) await htmx.ajax("GET", location.href, { target: "#action-rows", swap: "outerHTML" });
  const settled = document.getElementById(id);
  if (!settled) return;
  focusOn(settled);
  if (column) say(board().dataset.says.replace("{column}", () => nameOf(column)));
}

function nameOf(column) {
  const title = column.querySelector(".kb-t");
  return (title?.firstChild ?? column.querySelector(".kb-h > :first-child")).textContent.trim();
}

// "Move": the choices are fetched into a dialog; the one that is pressed is where the card goes.
let moving = null;

document.addEventListener("click", async (event) => {
  const opener = event.target.closest(".ac-mv");
  if (opener && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    moving = opener.closest(".ac");
    await htmx.ajax("GET", opener.href, { target: "#move-choices", swap: "innerHTML" });
    document.getElementById("move-dialog").showModal();
  }
  if (event.target.closest("[data-theirs]")) event.target.closest(".clash").remove();
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("#move-choices form")) return;
  event.preventDefault();
  document.getElementById("move-dialog").close();
  move(moving, event.submitter.value);
});

// "Keep mine" answers with the card as well.
document.addEventListener("htmx:afterSettle", (event) => {
  const source = event.detail.requestConfig?.elt;
  if (source?.matches?.(".clash form")) settle(event.detail.target.id || source.closest(".ac")?.id);
});
