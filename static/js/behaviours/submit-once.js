// A form that changes something is sent once: a second click while the first is under way does nothing.
const PATIENCE = 10_000; // ms; after this the answer was a download or got lost, and the form may be sent again
const sent = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  setTimeout(() => sent.delete(form), PATIENCE);
});

// Back to the page from the browser's memory.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) sent.delete(form);
});
