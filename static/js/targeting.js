// Choosing a criterion proposes how it is usually written: age as a range of years, region as a list.
document.addEventListener("change", (event) => {
  const attribute = event.target.closest("select[data-criterion]");
  if (!attribute) return;
  const { kind, unit } = attribute.form.elements;
  const units = JSON.parse(attribute.dataset.units);
  kind.value = JSON.parse(attribute.dataset.kinds)[attribute.value] ?? kind.value;
  if (!unit.value || Object.values(units).includes(unit.value)) unit.value = units[attribute.value] ?? "";
});
