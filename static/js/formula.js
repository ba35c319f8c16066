// The form of a KPI: what belongs to another kind is hidden, and in a formula the names of KPIs are offered as one types.

const shown = { list: null, box: null, names: [], at: 0 };
let lists = 0;

document.addEventListener("htmx:afterSettle", shapeAll);
document.addEventListener("change", ({ target }) => {
  if (["measure", "formula"].includes(target.name)) shape(target.form);
});
shapeAll();

function shapeAll() {
  document.querySelectorAll("form").forEach(shape);
}

/** Without a script everything is simply there; what the server has to say about a field is never hidden. */
function shape(form) {
  if (!form?.querySelector(".of-formula")) return;
  const { measure, formula } = form.elements;
  const isRatio = measure.value === "ratio";
  if (!isRatio && formula.value && !form.querySelector(".of-ratio .is-invalid")) formula.value = "";
  show(form.querySelector(".of-ratio"), isRatio);
  show(form.querySelector(".of-own"), isRatio && formula.value === "own");
  show(form.querySelector(".of-formula"), ["computed", "sum"].includes(measure.value));
}

function show(part, wanted) {
  part.hidden = !wanted && !part.querySelector(".is-invalid");
}

// Names

document.addEventListener("input", ({ target }) => {
  if (target.matches("[data-formula]")) offer(target);
});

document.addEventListener("keydown", (event) => {
  if (event.target !== shown.box || !shown.names.length) return;
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps) mark((shown.at + steps[event.key] + shown.names.length) % shown.names.length);
  else if (event.key === "Enter" || event.key === "Tab") take(shown.names[shown.at]);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
}, true);

document.addEventListener("focusout", ({ target }) => {
  if (target === shown.box) close();
});

/** What stands between the last open bracket and the caret is the beginning of a name, or of a word in it. */
function offer(box) {
  const part = openName(box);
  const wanted = plain(part ?? "");
  const names = part === null ? [] : JSON.parse(box.dataset.formula);
  const begin = names.filter((name) => plain(name).startsWith(`[${wanted}`));
  const hold = names.filter((name) => !begin.includes(name) && plain(name).includes(wanted));
  close();
  if (begin.length + hold.length) open(box, [...begin, ...hold].slice(0, 8));
}

function openName(box) {
  const before = box.value.slice(0, box.selectionStart);
  return before.match(/\[((?:[^\]]|\]\])*)$/)?.[1] ?? null;
}

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function open(box, names) {
  const list = document.createElement("ul");
  list.id = `f-list-${(lists += 1)}`;
  list.className = "f-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.labels[0]?.textContent.trim() ?? "");
  list.append(...names.map((name, place) => choice(name, `${list.id}-${place}`)));
  box.after(list);
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  Object.assign(shown, { list, box, names });
  mark(0);
}

function choice(name, id) {
  const item = document.createElement("li");
  item.id = id;
  item.setAttribute("role", "option");
  item.textContent = name.slice(1, -1).replaceAll("]]", "]");
  item.addEventListener("mousedown", (event) => {
    event.preventDefault(); // the box keeps the focus
    take(name);
  });
  return item;
}

function mark(place) {
  shown.at = place;
  [...shown.list.children].forEach((item, each) => item.setAttribute("aria-selected", each === place));
  shown.list.children[place].scrollIntoView({ block: "nearest" });
  shown.box.setAttribute("aria-activedescendant", shown.list.children[place].id);
}

function take(name) {
  const { box } = shown;
  const start = box.selectionStart - openName(box).length - 1;
  const rest = box.value.slice(box.selectionEnd);
  close();
  box.setRangeText(name, start, box.selectionEnd + (rest.startsWith("]") ? 1 : 0), "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function close() {
  shown.list?.remove();
  for (const name of ["aria-controls", "aria-activedescendant"]) shown.box?.removeAttribute(name);
  Object.assign(shown, { list: null, names: [] });
}
