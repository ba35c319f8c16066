// J and K go down and up the rows of a page, E edits the one that is focused; Enter opens it, as it is a link.
// Rows are cards and bars as well. Where nothing is edited in place, E goes to the form (data-edits) and back.
// In the action table, whose cells are moved in by arrows (grid.js), they stand for arrow down and up, and Enter.

const ROWS = "main .item, main .ac, main .cal li, main tbody tr:not(.cal tr), main .att > *";
const STEPS = { j: 1, k: -1 };
const GRID_KEYS = { j: "ArrowDown", k: "ArrowUp", e: "Enter" };
const CELL = "table[data-grid] td[data-f]";

/** Whether `key` did something. */
export function onRowKey(key) {
  const cell = document.activeElement.closest(CELL);
  if (cell && GRID_KEYS[key]) return cell.dispatchEvent(new KeyboardEvent("keydown", { key: GRID_KEYS[key], bubbles: true }));
  if (STEPS[key]) return step(STEPS[key]);
  return key === "e" && edit();
}

function step(by) {
  const way = document.querySelector(`${CELL}[tabindex="0"]`);
  if (way) return focus(way);
  const handles = [...document.querySelectorAll(ROWS)].map(handleOf).filter(Boolean);
  const index = handles.indexOf(handleOf(document.activeElement.closest(ROWS)));
  return focus(handles[index < 0 ? (by > 0 ? 0 : handles.length - 1) : index + by]);
}

/** What takes the focus for its row: the link it opens by, else the one it is edited by. */
function handleOf(row) {
  const links = [...(row?.querySelectorAll("a[href]") ?? [])];
  const own = links.filter((link) => link.closest(ROWS) === row && link.checkVisibility());
  return own.find((link) => !link.matches("[data-edit]")) ?? own[0];
}

function focus(element) {
  element?.focus();
  element?.scrollIntoView({ block: "nearest" });
  return Boolean(element);
}

function edit() {
  const row = document.activeElement.closest(ROWS);
  const link = [...(row?.querySelectorAll("[data-edit]") ?? [])].find((each) => each.closest(ROWS) === row);
  if (!link) return editElsewhere(row);
  link.click();
  return true;
}

function editElsewhere(row) {
  const address = row?.closest("[data-edits]")?.dataset.edits;
  const pk = /^action-(\d+)$/.exec(row?.id)?.[1];
  if (!address || !pk) return false;
  const back = new URLSearchParams({ next: location.pathname + location.search });
  location.assign(`${address.replace("/0/", `/${pk}/`)}?${back}`);
  return true;
}
