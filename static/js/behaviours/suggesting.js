// [data-suggesting]: from the search box to what it suggests and back with the arrows, away with Escape.
const move = { ArrowDown: 1, ArrowUp: -1 };

document.addEventListener("keydown", (event) => {
  const form = event.target.closest("[data-suggesting]");
  if (!form) return;
  if (event.key === "Escape") {
    form.querySelector(".suggestions").replaceChildren();
    form.querySelector("input").focus();
    return;
  }
  if (!(event.key in move)) return;
  const stops = [form.querySelector("input"), ...form.querySelectorAll(".suggestions a")];
  const next = stops[stops.indexOf(document.activeElement) + move[event.key]];
  if (!next) return;
  event.preventDefault();
  next.focus();
});
