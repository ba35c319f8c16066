// Runs before the first paint, so not a module: who lets the device decide gets its colours without a flash.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  if (root.dataset.theme === "light" || root.dataset.theme === "dark") return;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => root.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
  apply();
  dark.addEventListener("change", apply);
})();
