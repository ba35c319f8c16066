// The numbers of a check-in as a column of a sheet: arrows go up and down, Escape puts back what stood there, and a column
// that is pasted fills the lines below, once one has seen what would be set.
import { submit } from "./checkin-lines.js";
import { openDialog } from "./dialogs.js";

const page = document.querySelector("[data-checkin]");
const dialog = document.getElementById("ci-paste");
const NUMBER = "[data-ci-number]:not(:disabled)";
let before = ""; // what stood in the box when one came
let planned = []; // boxes and what they would be given

page.addEventListener("focusin", ({ target }) => {
  if (target.matches(NUMBER)) before = target.value;
});

page.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (!target.matches(NUMBER) || event.altKey || event.ctrlKey || event.metaKey) return;
  if (key === "Escape" && target.value !== before) target.value = before;
  else if (key === "ArrowDown" && !event.shiftKey) go(event, below(target, 1));
  else if ((key === "ArrowUp" && !event.shiftKey) || (key === "Enter" && event.shiftKey)) go(event, below(target, -1));
  else if (key === "ArrowRight" && atEdge(target, target.value.length)) go(event, beside(target, 1));
  else if (key === "ArrowLeft" && atEdge(target, 0)) go(event, beside(target, -1));
});

function go(event, box) {
  event.preventDefault();
  if (!box) return;
  box.focus();
  box.select();
}

const lines = () => [...page.querySelectorAll("[data-ci-row]")].filter((line) => line.querySelector(NUMBER));
const boxesOf = (line) => [...line.querySelectorAll(NUMBER)];

/** The box in the same place of the next line, or the line before; the last of a line that has fewer. */
function below(box, step) {
  const [all, line] = [lines(), box.closest("[data-ci-row]")];
  const next = all[all.indexOf(line) + step];
  const place = boxesOf(line).indexOf(box);
  return next && (boxesOf(next)[place] ?? boxesOf(next).at(-1));
}

const beside = (box, step) => {
  const boxes = boxesOf(box.closest("[data-ci-row]"));
  return boxes[boxes.indexOf(box) + step];
};

/** The caret is where it can go no further, or all is selected, as when one has just come. */
function atEdge(box, edge) {
  const { selectionStart: start, selectionEnd: end } = box;
  const all = start === 0 && end === box.value.length;
  return boxesOf(box.closest("[data-ci-row]")).length > 1 && (all || (start === edge && end === edge));
}

// Pasting a column

page.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  if (!event.target.matches(NUMBER) || !/[\n\t]/.test(text)) return;
  event.preventDefault();
  preview(text.split("\n").map((row) => row.split("\t").map((cell) => cell.trim())), event.target);
});

function preview(rows, box) {
  const named = rows.filter(([name]) => lineCalled(name)).length > 0;
  const from = lines().slice(lines().indexOf(box.closest("[data-ci-row]")));
  const pairs = rows.map((cells, place) => (named ? [lineCalled(cells[0]), cells.slice(1)] : [from[place], cells]));
  const fitting = pairs.filter(([line]) => line);
  planned = fitting.flatMap(([line, cells]) => boxesOf(line).map((each, place) => [each, cells[place]])).filter(([each, value]) => value && value !== each.value);
  dialog.querySelector("tbody").replaceChildren(...planned.map(shown));
  const left = pairs.length - fitting.length;
  const says = dialog.querySelector("[role=status]");
  says.textContent = left ? says.dataset.left.replace("{count}", left) : planned.length ? "" : says.dataset.none;
  dialog.querySelector("[data-set]").disabled = !planned.length;
  openDialog(dialog);
  dialog.addEventListener("close", () => box.focus(), { once: true });
}

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").trim().toLowerCase();
const lineCalled = (name) => lines().find((line) => fold(nameOf(line)) === fold(name));
const nameOf = (line) => line.querySelector(".ci-n a").textContent;

function shown([box, value]) {
  const line = box.closest("[data-ci-row]");
  const label = line.querySelector(`label[for="${box.id}"]`)?.textContent;
  const row = document.createElement("tr");
  const head = Object.assign(document.createElement("th"), { scope: "row", textContent: [nameOf(line), label].filter(Boolean).join(", ") });
  const [old, now] = [box.value || "–", value].map((textContent) => Object.assign(document.createElement("td"), { className: "r num", textContent }));
  if (!/\d/.test(value)) now.append(Object.assign(document.createElement("span"), { className: "c-over s12", textContent: ` ${dialog.dataset.noNumber}` }));
  row.append(head, old, now);
  return row;
}

dialog?.querySelector("[data-set]").addEventListener("click", () => {
  const changed = new Set();
  for (const [box, value] of planned) {
    box.value = value;
    changed.add(box.closest("[data-ci-row]"));
  }
  dialog.close();
  for (const line of changed) if (boxesOf(line).every((box) => box.value.trim())) submit(line);
});
