// Whoever looks at an action has read what she was told of it: the inbox counts on. Nothing is said in the header,
// for nothing of hers was saved; when it fails, it is still unread.
const { seen } = document.querySelector("[data-seen]").dataset;
const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];

const answer = await fetch(seen, { method: "POST", headers: { "X-CSRFToken": token ?? "" } }).catch(() => null);
if (answer?.ok) {
  const left = await answer.text();
  for (const count of document.querySelectorAll("[data-unread]")) count.textContent = left;
}
