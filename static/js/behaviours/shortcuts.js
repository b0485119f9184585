// [data-shortcuts]: the sheet that "?" opens. [data-key="n"]: what a single key clicks. Ctrl-Enter sends the form one is
// in. Single keys can be turned off (WCAG 2.1.4); no bare key ever deletes anything.
const sheet = document.querySelector("[data-shortcuts]");
const choice = sheet?.querySelector("[data-single-keys]");
const OFF = "shortcuts-off";

const isOn = () => localStorage.getItem(OFF) === null;

const click = (selector) => {
  const found = document.querySelector(selector);
  found?.click();
  return Boolean(found);
};

// The next or previous row of the list in the page; the first when none has the focus.
const row = (step) => {
  const links = [...document.querySelectorAll("main .table tbody a.lead")];
  if (!links.length) return false;
  const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  links[here < 0 ? 0 : Math.min(Math.max(here + step, 0), links.length - 1)].focus();
  return true;
};

// The part of a record beside the one that is open, else the page of the list.
const beside = (step) => {
  const parts = [...document.querySelectorAll("[data-current-tab] a")];
  const here = parts.findIndex((part) => part.hasAttribute("aria-current"));
  if (here >= 0 && parts[here + step]) return parts[here + step].click() ?? true;
  return here < 0 && click(step > 0 ? "main a[rel=next]" : "main a[rel=prev]");
};

// The relation beside the one that is open, in the list that it was opened from.
const neighbour = (rel) => click(`[data-neighbours]:not([hidden]) a[rel=${rel}][href]`);

const keys = {
  "?": () => sheet.togglePopover() ?? true,
  n: () => click('[data-key="n"]'),
  e: () => click('[data-key="e"]'),
  j: () => row(1),
  k: () => row(-1),
  J: () => neighbour("next"),
  K: () => neighbour("prev"),
  "[": () => beside(-1),
  "]": () => beside(1),
};

const single = (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !isOn()) return;
  if (sheet.matches(":popover-open") && event.key !== "?") return;
  if (Object.hasOwn(keys, event.key) && keys[event.key]()) event.preventDefault();
};

const send = (event) => {
  const form = event.target.closest("form[method=post]");
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !form) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(".btn-primary") ?? undefined);
};

if (sheet) {
  const box = choice.querySelector("input");
  choice.hidden = false;
  box.checked = isOn();
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
  document.addEventListener("keydown", single);
  document.addEventListener("keydown", send);
}
