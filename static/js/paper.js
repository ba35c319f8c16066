// The page for paper opens the browser's print dialog by itself once, and again at its button.
const button = document.querySelector("[data-print]");
button.hidden = false;
document.querySelector("[data-without-script]").remove();
button.addEventListener("click", () => window.print());
addEventListener("load", () => window.print());
