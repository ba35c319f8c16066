// A status that says its rule when asked, where a page is too full to carry all the rules: the link is asked for it.
const box = Object.assign(document.createElement("div"), { className: "why-p s13", popover: "auto" });
box.setAttribute("aria-live", "polite");
document.body.append(box);

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-why]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const headers = { "HX-Request": "true", "HX-Target": "why" };
  const answer = await fetch(link.href, { headers }).catch(() => null);
  if (!answer?.ok) return location.assign(link.href);
  box.innerHTML = await answer.text();
  box.showPopover({ source: link });
});
