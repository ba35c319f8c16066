// Draws the figures Python built: <div class="chart" data-chart="id"> beside {{ figure|json_script:"id" }}.
// Colours come as "var(--sp-accent)" and become the theme's own, so a figure is right in light and dark.
import { loadScript, onContent, vendor } from "./page.js";

const NARROW = 480;
const AXIS = /^[xy]axis\d*$/;
const SEPARATORS = { pl: ",\u00a0", en: ".," };

onContent(() => document.querySelectorAll("[data-chart]:not(.js-plotly-plot)").forEach(draw));

new MutationObserver(() => document.querySelectorAll("[data-chart]").forEach(draw)).observe(document.documentElement, {
  attributeFilter: ["data-bs-theme"],
});

async function draw(box) {
  const source = document.getElementById(box.dataset.chart);
  if (!source) return;
  await Promise.all([loadScript(vendor("plotly")), document.fonts?.ready]);
  const figure = withColours(JSON.parse((source.content ?? source).textContent));
  await window.Plotly.react(box, figure.data, layoutFor(box, figure.layout ?? {}), {
    responsive: true,
    displayModeBar: false,
  });
}

function layoutFor(box, layout) {
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
    if (AXIS.test(key)) base[key] = key[0] === "x" ? { ...axis(), showgrid: false } : axis();
  }
  const own = merge(base, layout);
  return narrow && box.clientWidth <= NARROW ? merge(own, narrow) : own;
}

function axis() {
  const tickfont = { color: token("ink-3"), size: 12 };
  return { gridcolor: token("line"), linecolor: token("line-2"), zeroline: false, fixedrange: true, tickfont };
}

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--sp-${name}`).trim();
}

function withColours(value) {
  if (typeof value === "string") return value.startsWith("var(--sp-") ? token(value.slice(9, -1)) : value;
  if (Array.isArray(value)) return value.map(withColours);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withColours(inner)]));
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
