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

// What draws charts, and takes them out, comes with the first of them.
onContent(() => document.querySelector("[data-chart], [data-tile]") && import("./pictures.js"));
