// The timeline: an arrow from the end of each bar to the bars that wait for it. The server says what waits for what
// (data-waits of a row); where the rows lie only the browser knows. Without arrows the name of a bar says the same.
import { onContent } from "./page.js";

const LEAD = 8; // pixels an arrow goes straight on at its ends
const TIP = 4;
const TURN = 3; // radius of a corner
const MIDDLE = 17; // pixels from the upper edge of a drawing to the middle of its bar

const paper = () => document.querySelector(".tl-arrows");

function draw() {
  if (!paper()) return;
  const arrows = [...document.querySelectorAll("tr[data-waits]")].flatMap(arrowsTo);
  paper().replaceChildren(...arrows);
  document.querySelector("[data-arrows]").hidden = !arrows.length;
}

function arrowsTo(row) {
  const to = placeOf(row);
  const awaited = row.dataset.waits.split(" ").map((id) => document.getElementById(`action-${id}`));
  return to ? awaited.filter(placeOf).map((each) => arrow(each, row, placeOf(each), to)) : [];
}

/** Where the bar of a row begins, ends and lies, in pixels; nothing when the row or its bar is not on the page. */
function placeOf(row) {
  const bar = row?.querySelector(".tl-bar .tl-b");
  if (!bar) return null;
  const [shape, strip, origin] = [bar, bar.closest("td > svg"), paper()].map((each) => each.getBoundingClientRect());
  return { begins: shape.left - origin.left, ends: shape.right - origin.left, y: strip.top - origin.top + MIDDLE };
}

function arrow(awaited, waiting, from, to) {
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const early = to.begins < from.ends - 1 && !awaited.querySelector(".tl-bar").matches(".done, .cancelled");
  path.setAttribute("class", `tl-arrow${early ? " early" : ""}`);
  path.dataset.ends = `${awaited.id} ${waiting.id}`;
  const points = to.begins < from.ends + 2 * LEAD ? around(from, to) : straight(from, to);
  path.setAttribute("d", `${cornered(points)}m${-TIP} ${-TIP}l${TIP} ${TIP}l${-TIP} ${TIP}`);
  return path;
}

const straight = (from, to) => [[from.ends, from.y], [to.begins - LEAD, from.y], [to.begins - LEAD, to.y], [to.begins, to.y]];

/** Back to a bar that begins too early: between the rows, along the edge of the one that waits. */
function around(from, to) {
  const between = to.y + (to.y > from.y ? -MIDDLE : MIDDLE);
  return [[from.ends, from.y], [from.ends + LEAD, from.y], [from.ends + LEAD, between], [to.begins - LEAD, between], [to.begins - LEAD, to.y], [to.begins, to.y]];
}

/** A way through the points with round corners; all parts are level or upright. */
function cornered([start, ...rest]) {
  let path = `M${start.join(" ")}`;
  let [x, y] = start;
  rest.forEach(([nextX, nextY], index) => {
    const after = rest[index + 1];
    const [wayX, wayY] = [nextX - x, nextY - y];
    const room = Math.min(TURN, Math.abs(wayX || wayY) / 2, after ? Math.abs(after[0] - nextX || after[1] - nextY) / 2 : 0);
    const [stopX, stopY] = [nextX - Math.sign(wayX) * room, nextY - Math.sign(wayY) * room];
    path += `L${stopX} ${stopY}`;
    if (after) path += `Q${nextX} ${nextY} ${nextX + Math.sign(after[0] - nextX) * room} ${nextY + Math.sign(after[1] - nextY) * room}`;
    [x, y] = [nextX, nextY];
  });
  return path;
}

/** The arrows of the row that is pointed at, or has the focus, stand out. */
function mark(event) {
  const row = event.target.closest?.(".tl tr[id]");
  for (const path of paper()?.children ?? []) path.classList.toggle("on", Boolean(row) && path.dataset.ends.split(" ").includes(row.id));
}
document.addEventListener("pointerover", mark);
document.addEventListener("focusin", mark);

let drawn = 0;
const soon = () => {
  cancelAnimationFrame(drawn);
  drawn = requestAnimationFrame(draw);
};

// Where a row lies changes with its neighbours and the width of the page; where a bar does, also while it is dragged.
const sizes = new ResizeObserver(soon);
const moves = new MutationObserver(soon);
let watched = null;

onContent(() => {
  const table = document.querySelector(".tl");
  if (table && table !== watched) {
    sizes.disconnect();
    moves.disconnect();
    sizes.observe(table);
    moves.observe(table, { subtree: true, childList: true, attributeFilter: ["x", "width"] });
    watched = table;
  }
  soon();
});
