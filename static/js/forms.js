// Forms that open in place, and those on a page of their own.

const unsaved = new Set();

/** The first field of a form that has just been put in, or the one that is wrong. */
document.addEventListener("htmx:afterSettle", (event) => {
  const form = event.detail.elt.querySelector?.("[data-item-form]");
  if (unsaved.has(form)) return;
  (form?.querySelector(".is-invalid, [aria-invalid=true]") ?? form?.querySelector(FIELDS))?.focus();
});
const FIELDS = "input:not([type=hidden], [type=checkbox], [type=radio]), textarea, select";

/** After saving, focus goes to the item the server names, not to the top of the page. */
document.addEventListener("focus-item", (event) => {
  if (document.activeElement !== document.body) return;
  const item = document.getElementById(event.detail.value);
  (item?.querySelector("[data-edit]") ?? item?.querySelector("a, button"))?.focus();
});

/** After cancelling, to where the form had stood. */
document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-cancel]")?.closest(".item, .item-add");
  if (!place) return;
  document.addEventListener("htmx:afterSettle", () => document.getElementById(place.id)?.querySelector("[data-edit], .add")?.focus(), { once: true });
});

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form");
  if (!form) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "Escape" && form.matches("[data-item-form]") && !event.defaultPrevented) {
    event.preventDefault();
    form.querySelector("[data-cancel]")?.click();
  }
});

/** Nobody sends a form twice by pressing twice. */
document.addEventListener("htmx:beforeSend", (event) => busy(event.detail.elt, true));
document.addEventListener("htmx:afterRequest", (event) => busy(event.detail.elt, false));
document.addEventListener("submit", (event) => {
  unsaved.delete(event.target);
  if (!event.target.hasAttribute("hx-post")) setTimeout(() => busy(event.target, true));
});
window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => busy(form, false)));

function busy(element, on) {
  if (!element.matches("form")) return;
  for (const button of element.querySelectorAll("button:not([type=button])")) {
    button.disabled = on;
    button.toggleAttribute("aria-busy", on);
    if (on) button.setAttribute("aria-busy", "true");
  }
}

/** Leaving with something typed and not saved asks first. */
document.addEventListener("input", (event) => {
  const form = event.target.closest("[data-form], [data-item-form]");
  if (form) unsaved.add(form);
});

/** It stays when the part of the page around it is drawn again for what was saved elsewhere in that part. */
document.addEventListener("htmx:beforeSwap", ({ detail: { target, shouldSwap, requestConfig } }) => {
  const drawnAgain = (form) => shouldSwap && target.contains(form) && !form.contains(requestConfig.elt);
  carried = [...unsaved].filter(drawnAgain).map((form) => ({ form, place: form.id || form.parentElement.id, focused: document.activeElement }));
});
document.addEventListener("htmx:afterSwap", () => {
  for (const { form, place, focused } of carried) {
    const drawn = document.getElementById(place);
    if (form.isConnected || !drawn) continue;
    if (drawn.matches("form")) renew(form, drawn);
    drawn.matches("form") ? drawn.replaceWith(form) : drawn.replaceChildren(form);
    htmx.process(form);
    form.dispatchEvent(new Event("change", { bubbles: true })); // what is computed from it is computed again
    if (form.contains(focused)) focused.focus();
  }
  carried = [];
});
let carried = []; // forms on their way from what was drawn to what is drawn now

/** What nobody has touched is shown as it was drawn; the version stays, so that a clash is still noticed. */
function renew(form, drawn) {
  for (const field of form.querySelectorAll("input:not([type=hidden])")) {
    const fresh = drawn.elements[field.name];
    if (fresh && field.value === field.defaultValue) field.value = field.defaultValue = fresh.value;
  }
}

window.addEventListener("beforeunload", (event) => {
  if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
});
