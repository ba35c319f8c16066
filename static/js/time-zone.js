// Where the browser is, for a form that asks for it and does not show it.
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
for (const field of document.querySelectorAll("[data-time-zone]")) field.value ||= timeZone ?? "";
