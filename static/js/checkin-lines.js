// The answer to a line is the line as it is now. What was typed while it was on its way stays, and is sent in its turn.
import { lift, lineOf } from "./checkin-waiting.js";

const typedMeanwhile = {}; // by id of the line: fields that differ from what was sent

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.shouldSwap && detail.target.matches?.("[data-ci-row]")) remember(detail.target, detail.requestConfig.formData);
});

/** Save a line. A field that is taken out while one types in it says that it has changed: the line that comes sends that. */
export function submit(line) {
  if (line.isConnected && !("replaced" in line.dataset)) line.requestSubmit();
}

function remember(line, sent) {
  line.dataset.replaced = "";
  typedMeanwhile[line.id] = [...line.querySelectorAll("[data-ci-number], [name=note], [name=confidence]:checked")]
    .filter((field) => field.value !== (sent.get(field.name) ?? ""))
    .map((field) => [field.id, field.value]);
}

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const line = lineIn(detail);
  for (const [id, value] of (line && typedMeanwhile[line.id]) ?? []) restore(line, document.getElementById(id), value);
  if (line) delete typedMeanwhile[line.id];
});

export function lineIn({ target }) {
  const line = target?.id ? document.getElementById(target.id) : null;
  return line?.matches("[data-ci-row]") ? line : null;
}

function restore(line, field, value) {
  const isChoice = field.type === "radio";
  if (isChoice) field.checked = true;
  else field.value = value;
  if (document.activeElement === field && !isChoice) field.addEventListener("blur", () => submit(line), { once: true });
  else setTimeout(() => submit(line));
}

/** A value that has waited is answered as any other; of one that was carried out before, the line is asked for. */
document.addEventListener("change-saved", async ({ detail: change }) => {
  if (change.view !== "reading" || !lineOf(change)) return;
  const html = change.html || (await (await fetch(location.href)).text());
  const line = lineOf(change);
  const parts = change.html ? {} : { select: `#${line.id}`, selectOOB: "#ci-progress" };
  lift(line);
  if (line.contains(document.activeElement)) remember(line, new Map(change.values));
  htmx.swap(line, html, { swapStyle: "outerHTML" }, { contextElement: line, eventInfo: { target: line }, ...parts });
  document.body.dispatchEvent(new CustomEvent("checkin-saved"));
});
