// A panel that scrolls sideways can be scrolled with the keyboard too.
import { onContent } from "./page.js";

onContent(() => {
  for (const panel of document.querySelectorAll(".tscroll, .tlpan")) {
    if (panel.scrollWidth > panel.clientWidth) panel.tabIndex = 0;
    else panel.removeAttribute("tabindex");
  }
});
