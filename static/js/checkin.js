// The weekly check-in. Each line is a form that saves itself; this moves between them, sets confidence by key and shows
// one line at a time on a phone.
import { lineIn, submit } from "./checkin-lines.js";
import { askWhy } from "./checkin-skip.js";
import { held } from "./checkin-waiting.js";

const page = document.querySelector("[data-checkin]");
const bar = document.querySelector("[data-next-bar]");
const phone = matchMedia("(max-width: 767px)");

page.classList.add("live");
if (bar) bar.hidden = false;
if (!phone.matches && !location.hash) firstOpen()?.focus({ preventScroll: true });
drawBar();

page.addEventListener("change", ({ target }) => {
  const row = target.closest("[data-ci-row]");
  if (row && !target.closest("[data-asks]") && isWorthSending(row)) submit(row);
});

/** A line of which nothing is kept, here or there, is sent when all its numbers are in. */
function isWorthSending(row) {
  return row.elements.version.value || row.dataset.held || [...row.querySelectorAll("[data-ci-number]")].every((box) => box.value.trim());
}

page.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-ci-row]");
  if (!row) return;
  const digit = event.altKey && event.code.match(/^Digit([123])$/)?.[1];
  if (digit) {
    event.preventDefault();
    row.querySelectorAll("[name=confidence]")[digit - 1]?.click();
  } else if (event.altKey && event.code === "KeyN") {
    event.preventDefault();
    row.querySelector("[name=note]").focus();
  } else if (isForward(event)) {
    if (goOn(event.target)) event.preventDefault();
  }
});

/** Tab and Enter in a number lead to the next number; Enter in a note as well. Shift and Tab go back through everything. */
function isForward({ key, target, shiftKey, altKey, ctrlKey, metaKey }) {
  if (shiftKey || altKey || ctrlKey || metaKey) return false;
  const inNumber = target.matches("[data-ci-number]");
  return (key === "Tab" && inNumber) || (key === "Enter" && (inNumber || target.matches("[name=note]")));
}

function goOn(from) {
  const row = from.closest("[data-ci-row]");
  const numbers = [...page.querySelectorAll("[data-ci-number]:not(:disabled)")];
  const inRow = numbers.filter((number) => number.closest("[data-ci-row]") === row);
  const next = inRow[inRow.indexOf(from) + 1] ?? numbers[numbers.indexOf(inRow.at(-1)) + 1];
  if (from.matches("[data-ci-number]") && inRow.indexOf(from) + 1 < inRow.length) return enter(inRow[inRow.indexOf(from) + 1]);
  if (phone.matches) return enterRow(nextOpen(row));
  if (next && next.closest("[data-ci-row]") !== row) return enter(next);
  const after = numbers.find((number) => row.compareDocumentPosition(number) & Node.DOCUMENT_POSITION_FOLLOWING && !row.contains(number));
  if (after) return enter(after);
  if (from.matches("[data-ci-number]")) document.querySelector(".acts .btn-p")?.focus();
  else from.blur();
  return true;
}

function enter(field) {
  makeCurrent(field.closest("[data-ci-row]"));
  field.focus();
  field.select();
  return true;
}

function enterRow(row) {
  closeDone();
  if (!row) {
    document.activeElement?.blur();
    return true;
  }
  makeCurrent(row);
  row.scrollIntoView({ block: "start" });
  return enter(row.querySelector("[data-ci-number]"));
}

/** One open line at a time is the current one: marked on a screen, the only one with its fields on a phone. */
function makeCurrent(row) {
  if (!row.matches(".todo")) return;
  closeDone();
  for (const other of page.querySelectorAll(".ci-r.now")) other.classList.replace("now", "todo");
  row.classList.replace("todo", "now");
}

/** On a phone the line one is in stays open when its value is in: confidence and note may follow. */
function keepOpen(row) {
  row.classList.replace("ok", "now");
  row.dataset.done = "";
}

function closeDone() {
  for (const row of page.querySelectorAll("[data-done].ci-r")) {
    delete row.dataset.done;
    row.classList.replace("now", "ok");
    row.parentElement.append(row);
  }
}

function openRows() {
  return [...page.querySelectorAll(".ci-r:is(.now, .todo):not([data-done])")].filter((row) => row.querySelector("[data-ci-number]:not(:disabled)"));
}

function nextOpen(row) {
  const rows = openRows().filter((other) => other !== row);
  return rows.find((other) => row.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) ?? rows[0];
}

function firstOpen() {
  return openRows()[0]?.querySelector("[data-ci-number]");
}

page.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-ci-row]");
  if (row) makeCurrent(row);
});

/** On a phone a line that waits opens at a touch, and one that is done opens again. */
page.addEventListener("click", (event) => {
  const row = event.target.closest("[data-ci-row]");
  if (!row || !phone.matches || event.target.closest("a, button, input, label, textarea")) return;
  if (row.matches(".todo")) enterRow(row);
});

bar?.addEventListener("click", (event) => {
  const row = page.querySelector(".ci-r.now") ?? document.activeElement.closest?.("[data-ci-row]");
  const open = row?.matches(":not([data-done])") ? row : openRows()[0];
  if (event.target.closest("[data-skip]")) open && askWhy(open);
  else if (event.target.closest("[data-next]")) enterRow(row ? nextOpen(row) : openRows()[0]);
});

/** On a phone what is done makes room. Only now: until it settles, a line carries the classes of the one it replaced. */
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const row = lineIn(detail);
  if (row?.matches(".ok") && phone.matches) {
    if (row.contains(document.activeElement)) keepOpen(row);
    else row.parentElement.append(row);
  }
  drawBar();
  // All is answered: what it has moved is what one wants to see now.
  const isEffect = detail.target?.id === "effect";
  if (isEffect && phone.matches && !openRows().length && document.activeElement === document.body) {
    document.getElementById("effect").scrollIntoView({ block: "center" });
  }
});
document.addEventListener("changes-waiting", drawBar);

document.addEventListener("line-skipped", ({ detail: row }) => enterRow(nextOpen(row)));

/** The bar under the thumb, and the count beside "My week". */
function drawBar() {
  const progress = document.getElementById("ci-progress");
  if (!progress) return;
  const { done, due, week } = progress.dataset;
  const beside = week && document.querySelector(".rail a.on .end");
  if (beside) beside.textContent = week;
  if (!bar) return;
  const waits = held().filter((line) => line.matches(".ok") && line.dataset.was !== "ok").length;
  bar.querySelector("[data-count-short]").textContent = `${Number(done) + waits} / ${due}`;
  const last = openRows().length <= 1;
  bar.querySelector("[data-skip]")?.toggleAttribute("hidden", !openRows().length);
  const button = bar.querySelector("[data-next]");
  const word = button.querySelector("span");
  button.dataset.word ??= word.textContent;
  word.textContent = last ? button.dataset.lastWord : button.dataset.word;
}
