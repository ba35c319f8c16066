// The responsibility matrix: choosing in a cell saves it, and the answer is its row.
document.addEventListener("change", async (event) => {
  const cell = event.target.closest("[data-matrix] select");
  if (!cell) return;
  const row = cell.closest("tbody");
  const column = cell.closest("table").tHead.rows[0].cells[cell.closest("td").cellIndex];
  const before = [...cell.options].find((option) => option.defaultSelected)?.value ?? "";
  const values = { [row.dataset.kind]: row.dataset.id, kind: cell.value, was: before };
  await htmx.ajax("POST", column.dataset.url, { source: row, target: row, swap: "outerHTML", values }).catch(() => {});
  // Where no row came back (no network, signed out), the choice stays, and the header offers to try again.
  if (!cell.isConnected) document.getElementsByName(cell.name)[0]?.focus();
});

/** Arrows left and right go to the neighbour; up and down are the select's own. */
document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.("[data-matrix] td");
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!cell || !step || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const next = step > 0 ? cell.nextElementSibling : cell.previousElementSibling;
  next?.querySelector("select")?.focus();
});
