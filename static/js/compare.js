// A day one types is the day one means: the list beside it follows.
for (const end of document.querySelectorAll(".cmp-end")) {
  const list = end.querySelector("select");
  const day = end.querySelector("input[type=date]");
  const show = () => { day.hidden = list.value !== "day"; };
  list.addEventListener("change", () => { show(); if (!day.hidden) day.focus(); });
  day.addEventListener("change", () => { list.value = "day"; });
  show();
}
