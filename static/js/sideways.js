// What scrolls sideways: panels can be scrolled with the keyboard too, and a bar of links shows where one is.
import { onContent } from "./page.js";

onContent(() => {
  for (const panel of document.querySelectorAll(".tscroll, .tlpan")) {
    if (panel.scrollWidth > panel.clientWidth) panel.tabIndex = 0;
    else panel.removeAttribute("tabindex");
  }
  for (const here of document.querySelectorAll(".seg > [aria-current], .tabs > [aria-current]")) {
    const bar = here.parentElement;
    const hidden = here.getBoundingClientRect().right - bar.getBoundingClientRect().right;
    if (hidden > 0) bar.scrollLeft += hidden;
  }
});
