// One row or card that somebody else has changed, put where it stands: cell by cell, so that an editor, the chosen cell,
// ticked boxes and what one reads stay as they are.

const MARKED = 8_000; // milliseconds for which a changed cell is marked
const OURS = ".pick, .rowmenu, .told, [data-deed-of]"; // what scripts have added to a cell
const BUSY = ".edit, [data-waiting]"; // being edited, or not saved yet
const later = new Map(); // by id, what waits until an editor is closed

/** What became of it: "changed", "placed", "gone", "unplaced" when it has no place on the page, "" when nothing is new. */
export function put(note, words) {
  const here = document.getElementById(`action-${note.id}`);
  if (note.gone) return here ? tellGone(here, note, words) : "";
  if (!note.html) return !note.mine && (here || note.fits) ? "unplaced" : "";
  const fresh = drawn(note.html);
  if (!here || here.matches(".gone")) return insert(fresh, note, here);
  return fresh.matches("tr") ? changeRow(here, fresh, note, words) : changeCard(here, fresh, note, words);
}

/** What had to wait; true when something was put in its place. */
export function putBack(words) {
  const notes = [...later.values()];
  later.clear();
  return notes.map((note) => put(note, words)).some((result) => result === "changed");
}

export function recount({ sums = [], columns, amount }) {
  for (const html of sums) {
    const sum = drawn(html);
    const here = document.getElementById(sum.id);
    if (here && here.innerHTML !== sum.innerHTML) here.replaceWith(sum);
  }
  if (columns) count(columns);
  const words = document.querySelector("#action-rows [role=status]");
  const shown = document.querySelectorAll('tr[id^="action-"]:not(.gone):has(td[data-f])').length;
  const says = amount?.replace("{shown}", shown);
  if (says && words.textContent !== says) words.textContent = says;
}

document.addEventListener("columns-counted", (event) => count(event.detail));

function count(columns) {
  for (const column of document.querySelectorAll("[data-column]")) {
    const [number, sum] = columns[column.dataset.column] ?? ["0", ""];
    column.querySelector("[data-count]").textContent = number;
    column.querySelector("[data-sum]").textContent = sum;
  }
}

/** Rows only stand in tables: anything else the parser throws away. */
function drawn(html) {
  const place = new DOMParser().parseFromString(/^\s*<tr/.test(html) ? `<table>${html}</table>` : html, "text/html");
  return document.adoptNode(place.querySelector("tr, li, span"));
}

// Rows

function changeRow(row, fresh, note, words) {
  const cells = [...fresh.querySelectorAll("td[data-f]")];
  const pairs = cells.map((cell) => [row.querySelector(`td[data-f="${cell.dataset.f}"]`), cell]);
  const different = pairs.filter(([here, cell]) => here.matches(BUSY) || plain(here) !== plain(cell));
  let found = false;
  for (const [here, cell] of different) {
    if (here.matches(BUSY)) {
      later.set(note.id, note); // the conflict is shown on saving, the change when the editor is closed
    } else {
      fill(here, cell);
      if (!note.mine) mark(here);
      found = true;
    }
  }
  const moved = note.place && note.place !== groupOf(row)?.id;
  tellInRow(row, note.fits ? (moved ? words.moved : "") : words.left);
  return found ? "changed" : "";
}

const classes = (cell) => [...cell.classList].filter((name) => !["lately", "edit"].includes(name)).join(" ");

/** What a cell shows, without what scripts have added to it. */
function plain(cell) {
  const copy = cell.cloneNode(true);
  for (const added of copy.querySelectorAll(OURS)) added.remove();
  for (const link of copy.querySelectorAll("[tabindex]")) link.removeAttribute("tabindex"); // grid.js
  return `${classes(cell)}|${cell.title}|${copy.innerHTML.trim()}`;
}

/** The cell itself stays, and with it the focus and the boxes. */
function fill(here, fresh) {
  const inLink = here.contains(document.activeElement) && document.activeElement.matches("a");
  const kept = [...here.querySelectorAll(OURS)];
  const [before, after] = [kept.filter((each) => each.matches(".pick")), kept.filter((each) => !each.matches(".pick"))];
  here.replaceChildren(...before, ...fresh.childNodes, ...after);
  here.className = fresh.className;
  here.title = fresh.title;
  if (!fresh.title) here.removeAttribute("title");
  if (inLink) here.querySelector("a")?.focus({ preventScroll: true });
}

function groupOf(row) {
  let before = row.previousElementSibling;
  while (before && !before.matches(".grp")) before = before.previousElementSibling;
  return before;
}

function insert(fresh, note, here) {
  const column = fresh.matches("li") && document.querySelector(`[data-column="${CSS.escape(note.place)}"] .kb-l`);
  if (here) here.replaceWith(fresh); // deleted, and brought back
  else if (!note.fits) return "";
  else if (column) column.prepend(fresh);
  else if (!("after" in note)) return note.new || document.querySelector(".fchip.on") ? "unplaced" : "";
  else {
    const before = document.getElementById(note.after ? `action-${note.after}` : note.place);
    if (!before) return ""; // it comes when one scrolls there
    before.after(fresh);
    inserted.add(fresh.id);
  }
  if (!note.mine) mark(fresh);
  return "placed";
}

// The next page begins where the last one ended: with one more row before, its first one is there already.
const inserted = new Set();
document.addEventListener("htmx:afterSettle", () => {
  for (const row of inserted.size ? document.querySelectorAll('tr[id^="action-"]') : []) {
    if (document.getElementById(row.id) !== row) row.remove();
  }
});

// Cards

function changeCard(card, fresh, note, words) {
  if (card.matches(".sortable-chosen, [data-waiting]") || card.querySelector(".clash")) {
    later.set(note.id, note);
    return "";
  }
  const same = card.outerHTML.replace(card.className, "") === fresh.outerHTML.replace(fresh.className, "");
  if (!same) {
    const focused = card.contains(document.activeElement) && (document.activeElement.matches(".ac-mv") ? ".ac-mv" : ".ac-t");
    const column = document.querySelector(`[data-column="${CSS.escape(note.place)}"] .kb-l`);
    const stays = !column || card.parentElement === column || !note.fits;
    card.replaceWith(fresh);
    if (!stays) column.prepend(fresh);
    if (focused) fresh.querySelector(focused)?.focus({ preventScroll: true });
    if (!note.mine) mark(fresh);
  }
  tellInRow(fresh.isConnected ? fresh : card, note.fits ? "" : words.left);
  return same ? "" : "changed";
}

// What is said of a row

function tellGone(row, note, words) {
  if (row.matches(".gone")) return "";
  row.classList.add("gone");
  tellInRow(row, words.deleted.replace("{who}", () => note.who || words.somebody));
  return "gone";
}

function tellInRow(row, text) {
  const place = row.querySelector("td[data-f=title]:not(.edit), .ac-m");
  const told = place?.querySelector(".told");
  if (!text) return told?.remove();
  if (!place || told?.textContent === text) return;
  told?.remove();
  const span = Object.assign(document.createElement("span"), { className: "told", textContent: text });
  const menu = place.querySelector(".rowmenu");
  menu ? menu.before(span) : place.append(span);
}

function mark(place) {
  place.classList.add("lately");
  setTimeout(() => place.classList.remove("lately"), MARKED);
}
