// [data-ticked-count="ID"]: says how many boxes are ticked in the form with that id.
for (const output of document.querySelectorAll("[data-ticked-count]")) {
  const form = document.getElementById(output.dataset.tickedCount);
  const show = () => (output.textContent = form.querySelectorAll("[data-tick]:checked").length);
  form.addEventListener("selection-changed", show);
  show();
}
