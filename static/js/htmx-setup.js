// Every request: the token, what the header says about saving, and a second chance when something fails.
import { begin, end } from "./waiting.js";

const WRITES = ["post", "put", "patch", "delete"];
const state = document.getElementById("save-state");
const signedOut = document.getElementById("signed-out");
let again = null; // sends the request that failed once more

document.addEventListener("htmx:configRequest", (event) => {
  // From the cookie, not from the page: after signing in again in another tab the page's own token is stale.
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  if (token) event.detail.headers["X-CSRFToken"] = token;
  // For whom the page was drawn: it is answered as a signed-out one when somebody else has signed in since.
  if (document.body.dataset.person) event.detail.headers["X-Person"] = document.body.dataset.person;
  begin(event);
});

document.addEventListener("htmx:beforeSend", (event) => {
  if (isWrite(event)) show("saving");
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (isQuiet(event)) return;
  const { status } = event.detail.xhr;
  if (end(event)) return show(""); // it waits on this device, and the bar says so
  const worthRepeating = !status || status === 401 || status >= 500;
  again = worthRepeating ? resend(event.detail.requestConfig) : null;
  if (worthRepeating) show(navigator.onLine ? "failed" : "offline");
  else if (isWrite(event)) show(status < 400 ? "saved" : "failed");
  if (status === 401) askToSignIn(again);
});

/** In another tab, so that nothing on this page is lost; `repeat` does then what she was about to do. */
export function askToSignIn(repeat) {
  again = repeat;
  if (!signedOut?.open) signedOut?.showModal();
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("button[data-again]") || !again) return;
  signedOut?.close();
  again();
});

/** A form with `look` asks what it would do; it does it when `go` is sent along. */
function isWrite(event) {
  const { verb, parameters } = event.detail.requestConfig;
  return WRITES.includes(verb) && !isQuiet(event) && (!parameters?.look || Boolean(parameters.go));
}

/** What the page asks of its own accord, and nobody would miss. */
function isQuiet(event) {
  return event.detail.requestConfig.elt.matches("[data-quiet]");
}

/** The very same request: same address, same values, same place for the answer. */
function resend({ verb, path, elt, target, parameters, swapOverride, headers }) {
  const key = headers["Idempotency-Key"];
  const same = key ? { "Idempotency-Key": key } : {};
  return () => htmx.ajax(verb.toUpperCase(), path, { source: elt, target, values: parameters, swap: swapOverride, headers: same });
}

function show(what) {
  if (!state) return;
  const words = state.dataset[what] ?? "";
  state.className = `saved ${what}`;
  state.textContent = what === "saved" ? `${words} ${new Date().toTimeString().slice(0, 5)}` : words;
  if ((what === "failed" || what === "offline") && again) {
    const button = Object.assign(document.createElement("button"), { className: "lnk", textContent: state.dataset.again });
    button.dataset.again = "";
    state.append(button);
  }
}
