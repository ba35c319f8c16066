// What a change is about, in words that are kept with it: they are shown on any page, and when its row has gone.

const { lang } = document.documentElement;
const NAMED = 3; // more rows are counted
// In English too the day comes first, as everywhere in Salesplan.
const days = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { day: "numeric", month: "short", timeZone: "UTC" });

/** The row and the field it changes, what these are called, and what she has set. */
export function describe(elt, path, values) {
  if (/\/readings\//.test(path)) return describeReading(path, Object.fromEntries(values));
  if (/\/actions\/change\//.test(path)) return describeBulk(elt, Object.fromEntries(values));
  const [, kind, id] = path.match(/\/(actions|objectives)\/(\d+)\//);
  const row = kind === "actions" ? `action-${id}` : `action-add-${id}`;
  const [, view] = path.match(/\/(cell|card|bar|add)\//) ?? [];
  const asked = new URLSearchParams(path.split("?")[1]);
  const field = { cell: asked.get("cell"), card: asked.get("by") ?? "status", bar: "dates" }[view];
  const given = Object.fromEntries(values);
  const title = view === "add" ? given.title : titleOf(document.getElementById(row));
  if (!view) return { row, rows: [row], title, what: deedOf(path, given), value: "", page: location.href };
  return { row, view, field, title, what: labelOf(elt), value: view === "add" ? "" : shown(elt, view, given), page: location.href };
}

const deedOf = (path, { direction }) => wordsOn(`#item-menu [data-deed=${direction ?? path.match(/(\w+)\/$/)[1]}]`);
const wordsOn = (selector, place = document) => place.querySelector(selector)?.textContent.trim() ?? "";

/** The bar below the table changes all rows that are selected: a button says to what, or a field. */
function describeBulk(form, { ids, uid, ...given }) {
  const rows = ids.split(",").map((id) => `action-${id}`);
  const [[name, set]] = Object.entries(given);
  const button = wordsOn(`button[name="${name}"][value="${CSS.escape(set)}"]`, form);
  const menu = name === "shift" ? labelOf(form) : wordsOn("summary", form.closest("details") ?? form);
  const value = button || valueOf(form.querySelector(`[name="${name}"]`));
  const title = rows.length > NAMED ? wordsOn("#bulk-count") : rows.map((row) => titleOf(document.getElementById(row))).join(", ");
  return { row: rows[0], rows, title, what: menu, value, page: location.href };
}

/** A line of a check-in says all there is of a KPI and period: value, confidence and note, or why it is skipped. */
function describeReading(path, given) {
  const [, kpi] = path.match(/\/kpis\/(\d+)\//);
  const line = document.getElementById(`kpi-${kpi}`);
  const numbers = [...line.querySelectorAll("[data-ci-number]")].map((box) => [wordsOn(`label[for="${box.id}"]`, line), given[box.name], wordsOn(".inp span", line)]);
  const isSkip = path.includes("/skip/");
  const value = isSkip ? given.reason : numbers.map((words) => words.filter(Boolean).join(" ")).filter(Boolean).join(", ");
  const { week, skipped } = line.closest("[data-checkin]").dataset;
  const what = isSkip ? `${week}, ${skipped}` : week;
  return { row: `reading-${kpi}-${given.period}`, anchor: line.id, view: "reading", field: "reading", whole: true, title: wordsOn(".ci-n a", line), what, value: value || "–", page: location.href };
}

function titleOf(row) {
  const link = row?.querySelector("td[data-f=title] a, .ac-t, th a");
  return link?.textContent ?? row?.querySelector("[name=title]")?.defaultValue ?? "";
}

const labelOf = (elt) => elt.querySelector?.("label")?.textContent.trim() ?? "";

function shown(elt, view, given) {
  if (view === "card") return columnName(given.value);
  if (view === "bar") return [given.starts_on, given.deadline].filter(Boolean).map(asDay).join(" – ");
  const fields = [...(elt.elements ?? [])].filter((field) => field.name && field.type !== "hidden");
  if (!fields.length) return Object.entries(given).flatMap(([name, value]) => (["version", "uid"].includes(name) ? [] : [value])).join(", ");
  return fields.map(valueOf).filter(Boolean).join(", ");
}

function valueOf(field) {
  if (field.tagName === "SELECT") return [...field.selectedOptions].map((option) => option.textContent.trim()).join(", ");
  return field.type === "date" ? asDay(field.value) : field.value;
}

function asDay(text) {
  const day = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(day) ? text : days.format(day);
}

function columnName(value) {
  const name = document.querySelector(`[data-column="${CSS.escape(value)}"] :is(.kb-t, .stt)`);
  const choice = document.querySelector(`#move-choices [value="${CSS.escape(value)}"]`);
  return (name ?? choice)?.textContent.trim() ?? value;
}
