// What a page at a shared link does by itself: its plots and their tables. There is nothing to save, add or find.
import "./htmx-setup.js";
import "./sideways.js";
import { onContent } from "./page.js";

onContent(() => document.querySelector("[data-chart]") && import("./charts.js"));
