// <button data-copy="id" data-copied="Copied" hidden> puts the field's value on the clipboard, and says so.
import { say } from "./page.js";

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button, document.getElementById(button.dataset.copy)));
}

async function copy(button, field) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy"); // pages without https have no clipboard
  }
  say(button.dataset.copied);
  button.lastChild.textContent = button.dataset.copied;
}
