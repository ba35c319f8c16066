// A deadline has moved, and other actions wait for it: the answer says where they are offered, the dialog shows them.
const dialog = document.getElementById("action-dialog");

document.addEventListener("offer-followers", ({ detail }) => {
  dialog.dataset.row = ""; // no row is fetched again when it is closed
  htmx.ajax("GET", detail.url, { target: "#action-dialog-body", swap: "innerHTML" }).then(() => {
    if (!dialog.open) dialog.showModal();
  });
});

document.addEventListener("followers-moved", () => dialog?.close());

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-leave]") || !dialog?.open) return;
  event.preventDefault();
  dialog.close();
});
