// A line without a value this time: why is asked in a dialog, so that it can be said without a connection too.
import { openDialog } from "./dialogs.js";

const dialog = document.getElementById("ci-skip");
let line = null; // the one that is skipped

export function askWhy(row) {
  line = row;
  dialog.querySelector("[data-skip-name]").textContent = row.querySelector(".ci-n a").textContent;
  dialog.querySelector("form").reset();
  openDialog(dialog);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-skip-line]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  askWhy(link.closest("[data-ci-row]"));
});

dialog?.querySelector(".ci-whys").addEventListener("click", (event) => {
  const chosen = event.target.closest("button");
  if (!chosen) return;
  dialog.querySelector("[name=reason]").value = chosen.textContent.trim();
  dialog.querySelector("[type=submit]").focus();
});

dialog?.querySelector("form").addEventListener("submit", (event) => {
  const reason = event.target.elements.reason.value.trim();
  if (!reason) {
    event.preventDefault();
    event.target.elements.reason.value = "";
    return event.target.reportValidity();
  }
  const skipped = line;
  const path = skipped.querySelector("[data-skip-line]").href.split("?")[0];
  htmx.ajax("POST", new URL(path).pathname, { source: skipped, target: skipped, swap: "outerHTML", values: { reason } });
  document.dispatchEvent(new CustomEvent("line-skipped", { detail: skipped }));
});
