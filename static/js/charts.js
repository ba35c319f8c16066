// Draws the figures Python built. <figure data-chart="id" data-plots="address"> asks for its figure when it comes near the
// view, or when the browser has nothing else to do; one answer holds all figures of a page (plans/plan/plots.py).
// Colours come as "var(--sp-accent)" and become the theme's own, so a figure is right in light and dark.
import { askToSignIn } from "./htmx-setup.js";
import { loadScript, onContent, say, vendor } from "./page.js";

const NEAR = "600px 0px";
const NARROW = 480;
const AXIS = /^[xy]axis\d*$/;
const SEPARATORS = { pl: ",\u00a0", en: ".," };
const figures = new WeakMap(); // what each box shows, for when the colours change
let answers = {}; // by address, until something on the page has changed

const boxes = () => [...document.querySelectorAll("[data-chart]")];
const waiting = () => boxes().filter((box) => !("asked" in box.dataset));
const failed = () => boxes().filter((box) => !box.querySelector(".chart-fail").hidden);

const near = new IntersectionObserver(
  (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => show(entry.target)),
  { rootMargin: NEAR },
);

onContent(() => {
  answers = {};
  waiting().forEach((box) => near.observe(box));
  whenIdle(showNext);
});

function whenIdle(work) {
  window.requestIdleCallback ? requestIdleCallback(work) : setTimeout(work, 200);
}

/** One after the other, those nobody has come to yet. */
async function showNext() {
  const [box] = waiting();
  if (!box) return;
  await show(box);
  whenIdle(showNext);
}

// Paper does not scroll.
addEventListener("beforeprint", () => waiting().forEach(show));

new MutationObserver(() => boxes().filter((box) => figures.has(box)).forEach(draw)).observe(document.documentElement, {
  attributeFilter: ["data-bs-theme"],
});

document.addEventListener("click", (event) => {
  if (event.target.closest(".chart-fail button")) failed().forEach(show);
});

async function show(box) {
  near.unobserve(box);
  box.dataset.asked = "";
  const failure = box.querySelector(".chart-fail");
  if (failure.contains(document.activeElement)) box.querySelector(".plot").focus();
  failure.hidden = true;
  const figure = await figureOf(box).catch(() => null);
  if (!figure) {
    failure.hidden = false;
    return say(failure.firstChild.textContent);
  }
  figures.set(box, figure);
  return draw(box);
}

async function figureOf(box) {
  const [all] = await Promise.all([ask(box.dataset.plots), loadScript(vendor("plotly")), document.fonts?.ready]);
  return all[box.dataset.chart];
}

function ask(address) {
  const known = answers;
  known[address] ??= fetchFigures(address).catch((error) => {
    delete known[address];
    throw error;
  });
  return known[address];
}

async function fetchFigures(address) {
  const response = await fetch(address, { headers: { "HX-Request": "true" } });
  if (response.status === 401) askToSignIn(() => failed().forEach(show));
  if (!response.ok) throw new Error(response.status);
  return response.json();
}

async function draw(box) {
  const plot = box.querySelector(".plot");
  const { data, layout } = dressed(figures.get(box), colours(), plot.clientWidth <= NARROW);
  await window.Plotly.react(plot, data, layout, { responsive: true, displayModeBar: false });
}

/** The figure a box shows, as Python built it; undefined when it cannot be had, which the box then says. */
export async function figureOfBox(box) {
  if (!figures.has(box)) await show(box);
  return figures.get(box);
}

/** A figure in the house look, with the colours `token` gives. */
export function dressed(figure, token, isNarrow) {
  const { data, layout } = withColours({ layout: {}, ...figure }, token);
  return { data, layout: layoutFor(layout, token, isNarrow) };
}

function layoutFor(layout, token, isNarrow) {
  const { narrow } = layout.meta ?? {};
  const style = getComputedStyle(document.body);
  const base = {
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    dragmode: false,
    separators: SEPARATORS[document.documentElement.lang] ?? SEPARATORS.en,
    font: { family: style.fontFamily, size: 12, color: token("ink-2") },
    hoverlabel: { bgcolor: token("surface"), bordercolor: token("line-2"), font: { color: token("ink") } },
  };
  for (const key of ["xaxis", "yaxis", ...Object.keys(layout)]) {
    if (AXIS.test(key)) base[key] = key[0] === "x" ? { ...axis(token), showgrid: false } : axis(token);
  }
  const own = merge(base, layout);
  return narrow && isNarrow ? merge(own, narrow) : own;
}

function axis(token) {
  const tickfont = { color: token("ink-3"), size: 12 };
  return { gridcolor: token("line"), linecolor: token("line-2"), zeroline: false, fixedrange: true, tickfont };
}

/** The colours by name, as they are at `element`. */
export function colours(element = document.documentElement) {
  const style = getComputedStyle(element);
  return (name) => style.getPropertyValue(`--sp-${name}`).trim();
}

function withColours(value, token) {
  if (typeof value === "string") return value.startsWith("var(--sp-") ? token(value.slice(9, -1)) : value;
  if (Array.isArray(value)) return value.map((inner) => withColours(inner, token));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withColours(inner, token)]));
  }
  return value;
}

/** Objects are merged key by key; anything else of `over` replaces what was there. */
function merge(under, over) {
  const result = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const both = isObject(value) && isObject(under[key]);
    result[key] = both ? merge(under[key], value) : value;
  }
  return result;
}

function isObject(value) {
  return Boolean(value) && typeof value === "object" && !Array.isArray(value);
}
