// Long lists to choose from: <select data-choose> becomes a field one can type in.
import { loadScript, onContent, vendor } from "./page.js";

onContent(async () => {
  const fields = document.querySelectorAll("select[data-choose]:not(.tomselected)");
  if (!fields.length) return;
  loadStyle(vendor("tomSelectCss"));
  await loadScript(vendor("tomSelect"));
  for (const field of fields) {
    if (!field.tomselect && field.isConnected) choose(field);
  }
});

function choose(field) {
  const plugins = field.multiple ? ["remove_button"] : [];
  const focused = field === document.activeElement;
  // Without the usual pause, Enter right after a word chooses what it has found.
  const settings = { create: "create" in field.dataset, maxOptions: null, hidePlaceholder: true, refreshThrottle: 0 };
  if (field.dataset.load) Object.assign(settings, { load: (words, done) => find(field.dataset.load, words, done) });
  const chooser = new window.TomSelect(field, { plugins, ...settings });
  // The label now names the field one types in; the original, out of sight, needs none.
  field.setAttribute("aria-hidden", "true");
  if (focused) focusOn(chooser);
}

/** Where the field does not offer all there is: what the words find. */
async function find(address, words, done) {
  const answer = await fetch(`${address}?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
  done(answer.ok ? (await answer.json()).options : []);
}

/** As focus on a list does, without opening it: nobody has asked for what is in it yet. */
function focusOn({ settings, control_input: field }) {
  settings.openOnFocus = false;
  field.focus();
  settings.openOnFocus = true;
}

function loadStyle(url) {
  if (document.querySelector(`link[href="${url}"]`)) return;
  // First in the head: our own rules come later and win.
  document.head.prepend(Object.assign(document.createElement("link"), { rel: "stylesheet", href: url }));
}
