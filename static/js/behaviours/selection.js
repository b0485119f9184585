// [data-selection]: a form with [data-tick] boxes. Every change sends which rows of the page are ticked (htmx, one
// request at a time, the last state wins); shift-click ticks a range; [data-tick-page] ticks or clears the page.
for (const form of document.querySelectorAll("[data-selection]")) {
  const ticks = [...form.querySelectorAll("[data-tick]")];
  const page = form.querySelector("[data-tick-page]");
  let told = ticks.map((tick) => tick.checked); // what the server has
  let from = null; // where a shift-click starts

  const show = () => {
    const count = ticks.filter((tick) => tick.checked).length;
    page.checked = count === ticks.length;
    page.indeterminate = count > 0 && count < ticks.length;
  };

  const changed = () => {
    show();
    form.dispatchEvent(new CustomEvent("selection-changed"));
  };

  page.hidden = false;
  form.querySelector("[data-without-js]")?.setAttribute("hidden", "");
  show();

  page.addEventListener("change", () => {
    for (const tick of ticks) tick.checked = page.checked;
    changed();
  });

  form.addEventListener("click", (event) => {
    const here = ticks.indexOf(event.target);
    if (here < 0) return;
    if (event.shiftKey && from !== null) {
      const [first, last] = [Math.min(from, here), Math.max(from, here)];
      for (const tick of ticks.slice(first, last + 1)) tick.checked = event.target.checked;
    }
    from = here;
    changed();
  });

  // What is done with the selection waits until the server knows it.
  const wait = (waiting) => {
    for (const button of document.querySelectorAll("#selection-bar button")) button.disabled = waiting;
  };

  let sent = told;
  form.addEventListener("htmx:beforeRequest", () => {
    sent = ticks.map((tick) => tick.checked);
    wait(true);
  });
  form.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful) told = sent;
    else ticks.forEach((tick, index) => (tick.checked = told[index]));
    show();
    wait(false);
  });
}
