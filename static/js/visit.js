// A visit to the actions goes on while one works on the page: a sign of it is passed on now and then.
const EVERY = 5 * 60_000;
let told = Date.now();

for (const sign of ["keydown", "pointerdown"]) {
  document.addEventListener(sign, () => {
    const news = document.getElementById("news");
    if (!news || Date.now() - told < EVERY) return;
    told = Date.now();
    // Nothing is drawn: what one is about to press must not move away.
    htmx.ajax("POST", news.dataset.visit, { source: news, swap: "none" });
  });
}
