// [data-dialog="id"] opens the native <dialog id="id">; [data-close] and a click beside it close it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const wanted = opener && document.getElementById(opener.dataset.dialog);
  if (wanted && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    openDialog(wanted);
  }
  const dialog = event.target.closest("dialog");
  if (dialog && (event.target === dialog || event.target.closest("[data-close]"))) dialog.close();
});

/** What most people never open is fetched when it is: data-from says where. */
export async function openDialog(dialog) {
  const { from } = dialog.dataset;
  if (from && !dialog.hasChildNodes()) await htmx.ajax("GET", from, { source: dialog, target: dialog, swap: "innerHTML" });
  if (!dialog.open) dialog.showModal();
}
