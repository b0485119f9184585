// [data-quick-search]: "/" or Ctrl-K puts the cursor in the search box.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const asked = (event.key === "/" && !typing) || (event.key === "k" && (event.ctrlKey || event.metaKey));
  const box = document.querySelector("[data-quick-search]");
  if (!asked || !box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
