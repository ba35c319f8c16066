// The home page asks whether something has changed (hx-trigger in kpis/home/home.html): also when one comes back to it.
// What one had opened stays open, and whoever was on a link of it stays there.

const figures = () => document.getElementById("home-figures");
let opened = [];
let there = null; // the address of the link one was on, and which of the links to it that was

function lookAgain() {
  if (!document.hidden) htmx.trigger(figures(), "look-again");
}

document.addEventListener("visibilitychange", lookAgain);
addEventListener("pageshow", (event) => event.persisted && lookAgain());
addEventListener("online", lookAgain);

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target !== figures() || detail.xhr.status === 204) return;
  opened = [...figures().querySelectorAll("details[open]")].map((part) => part.id);
  there = figures().contains(document.activeElement) ? placeOf(document.activeElement) : null;
});

document.addEventListener("htmx:afterSwap", () => {
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  if (there) (linksTo(there.address)[there.number] ?? figures()).focus({ preventScroll: true });
  opened = [];
  there = null;
});

function placeOf(element) {
  const address = element.getAttribute("href");
  return { address, number: linksTo(address).indexOf(element) };
}

function linksTo(address) {
  return [...figures().querySelectorAll("a[href]")].filter((link) => link.getAttribute("href") === address);
}
