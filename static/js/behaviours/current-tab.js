// Tabs that do not fit push sideways: start with the current one in sight.
for (const current of document.querySelectorAll("[data-current-tab] [aria-current]")) {
  const bar = current.parentElement;
  bar.scrollLeft = current.offsetLeft - bar.offsetLeft - (bar.clientWidth - current.clientWidth) / 2;
}
