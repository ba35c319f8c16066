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
  new window.TomSelect(field, { plugins, create: "create" in field.dataset, maxOptions: null, hidePlaceholder: true });
  // The label now names the field one types in; the original, out of sight, needs none.
  field.setAttribute("aria-hidden", "true");
}

function loadStyle(url) {
  if (document.querySelector(`link[href="${url}"]`)) return;
  // First in the head: our own rules come later and win.
  document.head.prepend(Object.assign(document.createElement("link"), { rel: "stylesheet", href: url }));
}
