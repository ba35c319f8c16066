// What is fetched into a page after it has opened moves the place its address names (#history): it is gone to again,
// for as long as a page takes to arrive, unless somebody has done something meanwhile.
const PATIENCE = 5000; // milliseconds
const began = performance.now();
let wanted = location.hash.slice(1);

for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"]) {
  addEventListener(kind, () => (wanted = ""), { once: true, passive: true, capture: true });
}

document.addEventListener("htmx:afterSettle", () => {
  if (wanted && performance.now() - began < PATIENCE) document.getElementById(wanted)?.scrollIntoView();
});
