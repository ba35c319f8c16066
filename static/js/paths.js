// The targets of the periods: a column from a spreadsheet goes into the boxes from the one it is pasted into on.
const GRID = "[data-path-grid]";

document.addEventListener("paste", (event) => {
  const box = event.target.closest?.(`${GRID} input`);
  const lines = event.clipboardData.getData("text/plain").replace(/[\r\n]+$/, "").split(/\r\n|\r|\n/);
  if (!box || lines.length < 2) return;
  event.preventDefault();
  const boxes = boxesFrom(box);
  lines.slice(0, boxes.length).forEach((line, place) => {
    boxes[place].value = line.split("\t").at(-1).trim();
  });
  boxes[Math.min(lines.length, boxes.length) - 1].focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
});

// Enter goes on to the next box, and from the last one saves as anywhere else.
document.addEventListener("keydown", (event) => {
  const box = event.key === "Enter" && event.target.closest(`${GRID} input`);
  const next = box && boxesFrom(box)[1];
  if (!next) return;
  event.preventDefault();
  next.select();
});

function boxesFrom(box) {
  const boxes = [...box.closest(GRID).querySelectorAll("input")];
  return boxes.slice(boxes.indexOf(box));
}
