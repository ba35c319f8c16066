// The bar on top of a page while changes wait on this device or were refused: how many, why, and what to do about each.
import { choose, discard, insist, obstacle, sendNow, waiting } from "./waiting.js";

const bar = document.getElementById("waiting");
const plural = new Intl.PluralRules(document.documentElement.lang);
let drawn = "";

function draw() {
  const changes = waiting();
  const seen = JSON.stringify([changes, obstacle()]);
  if (!bar || seen === drawn) return;
  drawn = seen;
  const held = changes.filter((change) => change.state === "waiting");
  const refused = changes.filter((change) => change.state === "refused");
  bar.hidden = !changes.length;
  bar.classList.toggle("refused", refused.length > 0);
  const why = { offline: bar.dataset.offline, "signed-out": bar.dataset.signedOut }[obstacle()];
  const parts = held.length ? [why, counted(held.length)] : [];
  if (refused.length) parts.push(bar.dataset.refused.replace("{count}", refused.length));
  say(bar.querySelector("[role=status]"), parts.filter(Boolean).join(" "));
  bar.querySelector("a.lnk").hidden = obstacle() !== "signed-out";
  bar.querySelector("button.lnk").hidden = !held.length;
  const details = bar.querySelector("details");
  details.open ||= refused.length > 0;
  const inList = details.contains(document.activeElement) && document.activeElement.closest("li");
  bar.querySelector("ul").replaceChildren(...changes.map(entry));
  if (inList) (details.querySelector("li button") ?? document.getElementById("content")).focus();
}

/** Only what is new is said aloud. */
function say(region, text) {
  if (region.textContent !== text) region.textContent = text;
}

function counted(count) {
  return (bar.dataset[plural.select(count)] ?? bar.dataset.many).replace("{count}", count);
}

function entry(change) {
  const says = change.state === "refused" ? change.says || (bar.dataset[`says${change.status}`] ?? bar.dataset.says) : "";
  const line = document.createElement("li");
  line.append(
    make("a", { href: `${change.page.split("#")[0]}#${change.anchor ?? change.row}`, textContent: change.title || "–" }),
    make("span", { textContent: [change.what, change.value].filter(Boolean).join(": ") }),
    make("span", { textContent: says }),
    ...(change.choices ?? []).flatMap(({ text, asks }, place) => [...(asks ? [reasonBox(asks)] : []), button("choose", change.key, text, place)]),
    ...(change.theirs ? [button("insist", change.key, bar.dataset.mine)] : []),
    button("discard", change.key, change.theirs ? bar.dataset.theirs : bar.dataset.discard),
  );
  return line;
}

/** Where one says why a value is corrected. */
export const reasonBox = (asks) => make("input", { className: "form-control", maxLength: 300, required: true, autocomplete: "off", ariaLabel: asks });

const make = (name, properties) => Object.assign(document.createElement(name), properties);

function button(deed, key, textContent, place) {
  const made = make("button", { className: "btn btn-o sm", type: "button", textContent });
  made.dataset[deed] = key;
  if (place !== undefined) made.dataset.place = place;
  return made;
}

bar?.addEventListener("click", (event) => {
  const pressed = event.target.closest("button");
  if (!pressed) return;
  const { insist: mine, discard: none, choose: one, place } = pressed.dataset;
  const box = one && pressed.previousElementSibling?.matches("input") ? pressed.previousElementSibling : null;
  if (one && (!box || box.reportValidity())) choose(one, place, box?.value);
  else if (mine) insist(mine);
  else if (none) discard(none);
  else if (!one) sendNow();
});

for (const event of ["changes-waiting", "DOMContentLoaded"]) document.addEventListener(event, draw);
for (const event of ["online", "offline"]) window.addEventListener(event, draw);
draw();
