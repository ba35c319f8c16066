// The weeks of a plan, one after the other. A week that was shown is kept, so going back asks nothing.
import { say } from "./page.js";

const form = document.getElementById("replay");
const range = document.getElementById("replay-range");
const list = document.getElementById("replay-select");
const play = form.querySelector("[data-play]");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const WEEK_IN_MS = 1400;
const AFTER_TYPING = 120;

const kept = new Map();
let wanted = Number(range.value);
let busy = false;
let timer = 0;
let playing = 0;

const codeOf = (place) => list.options[place].value;
const shown = () => document.getElementById("replay-week");

function keep() {
  const week = shown();
  kept.set(week.dataset.week, week.outerHTML);
}

async function show() {
  if (busy) return;
  busy = true;
  while (shown().dataset.week !== codeOf(wanted)) {
    const code = codeOf(wanted);
    if (kept.has(code)) shown().outerHTML = kept.get(code);
    else if (!(await fetched(code))) break;
  }
  busy = false;
  history.replaceState(history.state, "", `?week=${shown().dataset.week}`);
}

async function fetched(code) {
  const address = `${location.pathname}?week=${code}`;
  await htmx.ajax("GET", address, { target: "#replay-week", swap: "outerHTML" }).catch(() => {});
  if (shown().dataset.week === code) {
    keep();
    return true;
  }
  // The header says what went wrong; the slider says what one sees.
  stop();
  point([...list.options].findIndex((option) => option.value === shown().dataset.week));
  return false;
}

function point(place) {
  wanted = Math.min(Math.max(place, 0), Number(form.dataset.last));
  range.value = wanted;
  list.selectedIndex = wanted;
  range.setAttribute("aria-valuetext", list.options[wanted].text);
  for (const step of form.querySelectorAll("[data-step]")) {
    const next = list.options[wanted + Number(step.dataset.step)];
    step.setAttribute("aria-disabled", String(!next));
    step.href = next ? `?week=${next.value}` : "#replay";
  }
}

function go(place, { wait = 0 } = {}) {
  point(place);
  clearTimeout(timer);
  timer = setTimeout(show, wait);
}

function stop() {
  clearTimeout(playing);
  playing = 0;
  mark();
}

function mark() {
  play.setAttribute("aria-pressed", String(Boolean(playing)));
  play.querySelector("[data-on]").hidden = !playing;
  play.querySelector("[data-off]").hidden = Boolean(playing);
}

async function tick() {
  point(wanted + 1);
  await show();
  if (!playing) return;
  if (wanted === Number(form.dataset.last)) stop();
  else playing = setTimeout(tick, WEEK_IN_MS);
}

range.addEventListener("input", () => { stop(); go(Number(range.value), { wait: AFTER_TYPING }); });
list.addEventListener("change", () => { stop(); go(list.selectedIndex); });
form.addEventListener("submit", (event) => { event.preventDefault(); go(list.selectedIndex); });
form.addEventListener("click", (event) => {
  const step = event.target.closest("[data-step]");
  if (!step) return;
  event.preventDefault();
  stop();
  go(wanted + Number(step.dataset.step));
  say(list.options[wanted].text);
});
play.addEventListener("click", () => {
  if (playing) return stop();
  const again = wanted === Number(form.dataset.last);
  if (again) go(0);
  playing = setTimeout(tick, again ? WEEK_IN_MS : 0);
  mark();
});

keep();
range.hidden = false;
form.querySelector("[data-show]").hidden = true;
// Who wants no motion goes week by week.
const offer = () => { play.hidden = calm.matches; if (calm.matches) stop(); };
calm.addEventListener("change", offer);
offer();
