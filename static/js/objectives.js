// Objectives: what the change comes to goes into the fields of target and deadline, unless somebody typed there;
// and the part of the sentence one has clicked is the field one edits.

let wanted = null; // the field whose part of the sentence was clicked

document.addEventListener("click", (event) => {
  const token = event.target.closest("[data-field]");
  if (token) wanted = token.dataset.field;
});

document.addEventListener("htmx:afterSettle", () => {
  for (const outcome of document.querySelectorAll("[data-outcome]:not([data-read])")) {
    outcome.dataset.read = "";
    const form = outcome.closest("form");
    follow(form.elements.target, outcome.dataset.target);
    follow(form.elements.deadline, outcome.dataset.deadline);
  }
  for (const form of document.querySelectorAll("form")) shape(form);
  const field = wanted && document.querySelector(`[data-item-form] [name="${wanted}"]`);
  if (!field) return;
  wanted = null;
  (field.tomselect ?? field).focus();
});

/** What was put in by us follows the change: the server is not told of it as if somebody had typed it. */
document.addEventListener("htmx:configRequest", ({ target, detail }) => {
  if (!target.matches(".preview")) return;
  const fields = target.closest("form").elements;
  for (const name of ["target", "deadline"]) {
    if (fields[name]?.value && fields[name].value === fields[name].dataset.computed) delete detail.parameters[name];
  }
});

document.addEventListener("change", (event) => {
  if (["direction", "measure"].includes(event.target.name)) shape(event.target.form);
});

/** A field keeps following as long as it holds what was put into it. */
function follow(field, value) {
  if (!field) return;
  if (field.value === value) field.dataset.computed = value;
  if (!value || (field.value && field.value !== field.dataset.computed)) return;
  field.value = field.dataset.computed = value;
}

/** Only a band needs its two ends; without script both are simply there. */
function shape(form) {
  const band = form?.querySelector(".band-fields");
  if (!band) return;
  const within = form.elements.direction?.value === "within";
  band.hidden = !within;
}

document.querySelectorAll("form").forEach(shape);
