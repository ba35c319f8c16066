// Everything a page does by itself. Each module listens on the document, so swapped-in parts need no set-up.
import "./htmx-setup.js";
import "./waiting-bar.js";
import "./toasts.js";
import "./menus.js";
import "./items.js";
import "./dialogs.js";
import "./keys.js";
import "./palette.js";
import "./forms.js";
import "./sortable.js";
import "./select.js";
import "./sideways.js";
import "./anchor.js";
import { onContent } from "./page.js";

// What draws charts comes with the first of them, and what takes them out where that is offered.
onContent(() => document.querySelector("[data-chart]") && import("./charts.js"));
onContent(() => document.getElementById("take-out") && import("./pictures.js"));
