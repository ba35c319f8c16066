// Naming a colleague in a text: after "@" the field is a combobox over those who may see the plan; the keys move in the
// list while the focus stays in the field. Without this script the name written in full does the same.
import { onContent, say } from "./page.js";

const MOST = 6;
const WORD = /(?:^|[\s(])@([^@\n]{0,40})$/; // what is being typed before the caret
const people = {}; // by address, asked once
let open = null; // { field, list, from } while people are offered
let arrived = !location.hash.startsWith("#comment-") && location.hash !== "#talk";

onContent(() => {
  for (const field of document.querySelectorAll("textarea[data-mentions]:not([aria-controls])")) dress(field);
  arrive();
});

function dress(field) {
  const box = Object.assign(document.createElement("div"), { className: "people-box" });
  const list = Object.assign(document.createElement("ul"), { className: "people-list", id: `${field.id}-people`, hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "@");
  box.append(list);
  field.after(box);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.addEventListener("input", () => offer(field, list));
  field.addEventListener("keydown", onKey);
  field.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => {
    event.preventDefault(); // the focus stays in the field
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
}

async function offer(field, list) {
  const typed = field.value.slice(0, field.selectionStart).match(WORD)?.[1];
  if (typed === undefined) return close();
  const everybody = await load(field.dataset.mentions);
  if (field.value.slice(0, field.selectionStart).match(WORD)?.[1] !== typed) return; // typed on meanwhile
  const found = everybody.filter((person) => matches(person, typed)).slice(0, MOST);
  if (!found.length || document.activeElement !== field) return close();
  open = { field, list, from: field.selectionStart - typed.length };
  list.replaceChildren(...found.map((person, place) => optionOf(person, `${list.id}-${place}`)));
  list.hidden = false;
  field.setAttribute("role", "combobox"); // while it is one; else it is a field of text like any other
  field.setAttribute("aria-expanded", "true");
  choose(list.firstChild);
}

/** Asked again when it has failed. */
async function load(address) {
  people[address] ??= fetch(address, { headers: { Accept: "application/json" } })
    .then((answer) => answer.json())
    .then((found) => found.people)
    .catch(() => {
      delete people[address];
      return [];
    });
  return people[address];
}

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/ł/gi, "l").toLowerCase();

/** The beginning of the name, of one of its words, or of the address. */
function matches({ name, email, handle }, typed) {
  const words = plain(typed);
  if (plain(handle) === words.trimEnd() && words !== words.trimEnd()) return false; // written in full already
  return [plain(name), plain(email)].some((text) => text.startsWith(words)) || plain(name).includes(` ${words}`);
}

function optionOf({ name, email, handle }, id) {
  const option = Object.assign(document.createElement("li"), { id, textContent: name });
  option.setAttribute("role", "option");
  option.dataset.handle = handle;
  if (email !== name) option.append(Object.assign(document.createElement("span"), { className: "mute3", textContent: email }));
  return option;
}

function onKey(event) {
  if (open?.field !== event.target) return;
  const all = [...open.list.children];
  const index = all.indexOf(chosen());
  const next = { ArrowDown: all[(index + 1) % all.length], ArrowUp: all.at(index - 1) }[event.key];
  const takes = (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.isComposing) || event.key === "Tab";
  if (next) choose(next);
  else if (takes && !event.shiftKey) take(chosen());
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

const chosen = () => open.list.querySelector('[aria-selected="true"]');

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  option.setAttribute("aria-selected", "true");
  open.field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function take(option) {
  const { field, from } = open;
  field.setRangeText(`${option.dataset.handle} `, from, field.selectionStart, "end");
  say(option.dataset.handle);
  close();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function close() {
  if (!open) return;
  open.list.hidden = true;
  for (const name of ["role", "aria-expanded", "aria-activedescendant"]) open.field.removeAttribute(name);
  open = null;
}

/** The comments come after the page: one that the address names is gone to when it is there. */
function arrive() {
  const talk = !arrived && document.querySelector(".talk");
  if (!talk) return;
  const place = document.querySelector(location.hash);
  const earlier = talk.querySelector("[data-earlier]");
  if (!place && earlier) return earlier.click();
  arrived = true;
  if (!place) return;
  location.replace(location.hash);
  place.scrollIntoView({ block: "center" });
}
