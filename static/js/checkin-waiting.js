// Values that wait on this device, shown in their lines: what she typed stands in the boxes, and that it is not saved yet.
// What was not taken says why, with the answers she can give.
import { choose, discard, waiting } from "./waiting.js";
import { reasonBox } from "./waiting-bar.js";
import { say } from "./page.js";

const page = document.querySelector("[data-checkin]");
const mark = document.getElementById("unsaved-mark")?.content.firstElementChild; // none where values do not wait: on the form of a reminder
const STATES = ["todo", "now", "ok", "err"];

const lines = () => (mark ? [...page.querySelectorAll("[data-ci-row]")] : []);
export const lineOf = (change) => lines().find((line) => rowOf(line) === change.row);
const rowOf = (line) => `reading-${line.id.slice("kpi-".length)}-${line.elements.period.value}`;

/** Lines of this page with a value that waits, or waits for an answer. */
export const held = () => [...page.querySelectorAll("[data-held]")];

export function paintWaiting() {
  const changes = waiting().filter((change) => change.view === "reading");
  for (const line of lines()) {
    const change = changes.findLast((each) => each.row === rowOf(line));
    const sign = change ? `${change.key} ${change.state} ${change.says} ${change.value}` : "";
    if ((line.dataset.held ?? "") === sign) continue;
    lift(line);
    if (change) hold(line, change, sign);
  }
}

function hold(line, change, sign) {
  const refused = change.state === "refused";
  line.dataset.held = sign;
  delete line.dataset.done;
  line.dataset.was ??= STATES.find((state) => line.classList.contains(state));
  line.classList.remove(...STATES);
  line.classList.add(refused ? "err" : "ok", "held");
  const isSkip = change.path.includes("/skip/");
  if (!isSkip && !line.contains(document.activeElement)) fill(line, Object.fromEntries(change.values));
  const end = line.querySelector(".ci-x");
  end.append(mark.cloneNode(true));
  if (isSkip) end.append(Object.assign(document.createElement("span"), { className: "ci-hr s12 mute", textContent: change.value }));
  if (refused) line.append(question(change));
}

function fill(line, values) {
  for (const box of line.querySelectorAll("[data-ci-number], [name=note]")) box.value = values[box.name] ?? "";
  for (const one of line.querySelectorAll("[name=confidence]")) one.checked = one.value === values.confidence;
}

function question(change) {
  const place = document.createElement("div");
  const asked = Object.assign(document.createElement("div"), { className: "ci-e ci-q" });
  const ends = Object.assign(document.createElement("span"), { className: "ends" });
  asked.setAttribute("role", "alert");
  place.className = "ci-w";
  place.dataset.asks = "";
  for (const [number, { text, asks }] of (change.choices ?? []).entries()) {
    const box = asks ? reasonBox(asks) : null;
    const answer = button(text, () => (!box || box.reportValidity()) && choose(change.key, number, box?.value));
    box?.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), answer.click()));
    ends.append(...(box ? [box] : []), answer);
  }
  ends.append(button(document.getElementById("waiting").dataset.discard, () => discard(change.key)));
  asked.append(Object.assign(document.createElement("span"), { textContent: reasonOf(change) }), ends);
  place.append(asked);
  return place;
}

function reasonOf({ says, status }) {
  const words = document.getElementById("waiting").dataset;
  return says || (words[`says${status}`] ?? words.says);
}

function button(text, deed) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-o sm", textContent: text });
  made.addEventListener("click", deed);
  return made;
}

/** As the server has drawn it. */
export function lift(line) {
  if (!line.dataset.held) return;
  line.classList.remove("held", ...STATES);
  line.classList.add(line.dataset.was);
  delete line.dataset.held;
  delete line.dataset.was;
  line.querySelector("[data-asks]")?.remove();
  const end = line.querySelector(".ci-x");
  for (const added of end.querySelectorAll(".unsaved-mark, .ci-hr")) added.remove();
}

document.addEventListener("change-dropped", ({ detail }) => {
  const line = detail.view === "reading" && lineOf(detail);
  if (line) line.reset();
});

document.addEventListener("change-refused", ({ detail }) => {
  if (detail.view === "reading" && lineOf(detail)) say(lineOf(detail).querySelector("[data-asks]")?.innerText ?? "");
});
document.addEventListener("changes-waiting", paintWaiting);
document.addEventListener("htmx:afterSettle", paintWaiting);
paintWaiting();
