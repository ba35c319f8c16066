// The strip of the workload: arrows go between its numbers; where a cell has no link, to the next that has one.
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.(".wl td");
  if (!cell || !STEPS[event.key] || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  event.preventDefault();
  next(cell, ...STEPS[event.key])?.focus();
});

function next(cell, down, right) {
  const rows = [...cell.closest("table").rows];
  let row = rows.indexOf(cell.parentElement) + down;
  let column = cell.cellIndex + right;
  for (; rows[row]?.cells[column]; row += down, column += right) {
    const link = rows[row].cells[column].querySelector(":scope > a");
    if (link) return link;
  }
}
