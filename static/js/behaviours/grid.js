// [data-grid]: Enter and the arrows up and down go to the field in the same column; Ctrl-Enter sends the form.
for (const grid of document.querySelectorAll("[data-grid]")) {
  grid.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-cell]");
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      grid.requestSubmit();
      return;
    }
    const step = { ArrowUp: -1, ArrowDown: 1, Enter: event.shiftKey ? -1 : 1 }[event.key];
    if (!cell || !step) return;
    event.preventDefault();
    const place = cell.closest("td").cellIndex;
    const column = [...grid.querySelectorAll("[data-cell]")].filter((other) => other.closest("td").cellIndex === place);
    const next = column[column.indexOf(cell) + step];
    next?.focus();
    next?.select();
  });
}
