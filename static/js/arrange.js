// Panels of the overview are dragged on the page on which it is arranged; its buttons do the same without. The server
// puts them into rows anew.
import { loadScript, onContent, vendor } from "./page.js";

onContent(async () => {
  const form = document.getElementById("arranging");
  if (!form || "ready" in form.dataset) return;
  form.dataset.ready = "";
  await loadScript(vendor("sorter"));
  window.Sortable.create(form.querySelector(".arr"), {
    handle: "[data-grip]",
    draggable: "li",
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
    onEnd: ({ item, oldIndex, newIndex }) => oldIndex !== newIndex && redraw(form, item),
  });
});

function redraw(form, item) {
  const values = { do: `moved:${item.id.replace("panel-", "")}` };
  htmx.ajax("POST", form.getAttribute("action"), { source: form, target: form, swap: "outerHTML", values });
}
