// The palette: every place and every deed by the words of its name. A combobox over a list that the server finds
// (plans/find): the keys move in the list while the focus stays in the field.
const MOST_RECENT = 5;
const palette = document.getElementById("palette");
const list = document.getElementById("palette-list");
const said = document.getElementById("palette-said");
const field = palette?.querySelector("[role=combobox]");
const options = () => [...list.querySelectorAll("[role=option]")];
const chosen = () => list.querySelector('[aria-selected="true"]');
let answered = null; // the words that the list answers
let hurried = false; // Enter was pressed before the list was there

if (palette) {
  if (/Mac|iPhone|iPad/.test(navigator.platform)) {
    for (const key of document.querySelectorAll("[data-mod]")) key.textContent = "⌘";
  }
  remember();
  field.addEventListener("keydown", onKey);
  field.addEventListener("input", () => (hurried = false));
  list.addEventListener("mousemove", (event) => choose(event.target.closest("[role=option]") ?? undefined, false));
  palette.addEventListener("close", () => choose(null));
  palette.addEventListener("htmx:afterSwap", show);
  palette.addEventListener("htmx:responseError", fail);
  palette.addEventListener("htmx:sendError", fail);
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-palette]");
  if (opener && palette && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    openPalette();
  }
});

// With a modifier it is no single key: it works while typing, and for those who switched those off.
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  if (!palette) return;
  event.preventDefault();
  if (palette.open) palette.close();
  else openPalette();
});

function openPalette() {
  if (!palette || palette.open) return;
  field.value = "";
  answered = null;
  hurried = false;
  list.replaceChildren();
  said.textContent = "";
  palette.showModal();
  field.focus();
  htmx.trigger(palette.querySelector("form"), "ask");
}

function onKey(event) {
  const all = options();
  const index = all.indexOf(chosen());
  const next = { ArrowDown: all[(index + 1) % all.length], ArrowUp: all.at(index > 0 ? index - 1 : -1) }[event.key];
  if (next) {
    event.preventDefault();
    choose(next);
  } else if (event.key === "Enter" && !event.isComposing) {
    // The form asks at once, and then goes there; what has failed before is looked at first.
    if (answered !== field.value.trim()) return void (hurried = !said.classList.contains("failed"));
    event.preventDefault();
    const { ctrlKey, metaKey } = event; // with either in a tab of its own, as for any link
    chosen()?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey }));
  }
}

/** The list has come: its first line is chosen. */
function show(event) {
  if (event.detail.target !== list) return;
  answered = new URL(event.detail.xhr.responseURL).searchParams.get("q").trim();
  said.classList.remove("failed");
  if (!answered) list.prepend(...recent());
  options().forEach((option, place) => (option.id = `palette-option-${place}`));
  choose(options()[0] ?? null);
  list.scrollTop = 0;
  if (hurried && answered === field.value.trim()) chosen()?.click();
}

function fail() {
  answered = null;
  hurried = false;
  said.textContent = said.dataset.failed;
  said.classList.add("failed");
}

function choose(option, scroll = true) {
  if (option === undefined) return;
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  field.setAttribute("aria-expanded", String(Boolean(option)));
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
  if (scroll) option?.scrollIntoView({ block: "nearest" });
}

// Pages opened last. For as long as this tab is open, and no longer than she is signed in: the next person at this
// computer must not find them.

function kept() {
  try {
    const { person, pages } = JSON.parse(sessionStorage.getItem("recent"));
    return person === palette.dataset.person ? pages : [];
  } catch {
    return [];
  }
}

/** A group like those of the list; nothing when there is nothing in it. */
function recent() {
  const pages = kept().filter((page) => page.address.split("?")[0] !== location.pathname).slice(0, MOST_RECENT);
  const group = list.querySelector("[role=group]")?.cloneNode(true);
  if (!pages.length || !group) return [];
  const label = group.querySelector(".cap");
  label.textContent = list.dataset.recent;
  label.id = "palette-group-0";
  group.setAttribute("aria-labelledby", label.id);
  group.replaceChildren(label, ...pages.map(lineOf));
  return [group];
}

function lineOf({ title, place, address }) {
  const icon = "history";
  const line = list.querySelector("a[role=option]").cloneNode(true);
  const drawing = line.querySelector("use");
  drawing.setAttribute("href", drawing.getAttribute("href").replace(/#.*/, `#${icon}`));
  line.href = address;
  line.replaceChildren(line.querySelector("svg"), part("t", title), part("d", place));
  return line;
}

function part(className, textContent) {
  return Object.assign(document.createElement("span"), { className, textContent });
}

function remember() {
  const title = document.querySelector(".head h1")?.textContent.trim();
  const address = location.pathname + location.search;
  if (!title || location.pathname === palette.querySelector("form").getAttribute("hx-get")) return;
  const place = document.querySelector(".crumb a")?.textContent.trim() ?? "";
  const others = kept().filter((page) => page.address.split("?")[0] !== location.pathname);
  const pages = [{ title, place, address }, ...others].slice(0, MOST_RECENT + 1);
  try {
    sessionStorage.setItem("recent", JSON.stringify({ person: palette.dataset.person, pages }));
  } catch {
    // Storage is full or forbidden: nothing is remembered.
  }
}

document.addEventListener("submit", (event) => {
  const address = event.submitter?.getAttribute("formaction") ?? event.target.action;
  if (address.endsWith("/logout/")) sessionStorage.removeItem("recent");
});
