// The home page asks whether something has changed (hx-trigger in kpis/home/home.html): also when one comes back to it.
// What one had opened stays open, and whoever was on a link of it stays there.

const figures = () => document.getElementById("home-figures");
let opened = [];
let there = null;

function lookAgain() {
  if (!document.hidden) htmx.trigger(figures(), "look-again");
}

document.addEventListener("visibilitychange", lookAgain);
addEventListener("pageshow", (event) => event.persisted && lookAgain());
addEventListener("online", lookAgain);

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target !== figures() || detail.xhr.status === 204) return;
  opened = [...figures().querySelectorAll("details[open]")].map((part) => part.id);
  there = figures().contains(document.activeElement) ? (document.activeElement.getAttribute("href") ?? "") : null;
});

function placeOf(address) {
  return (address && figures().querySelector(`a[href="${CSS.escape(address)}"]`)) || figures();
}

document.addEventListener("htmx:afterSwap", () => {
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  if (there !== null) placeOf(there).focus({ preventScroll: true });
  opened = [];
  there = null;
});
