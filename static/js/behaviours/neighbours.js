// [data-walked]: a list of which the rows are looked at one after the other. [data-neighbours]: on the page of one of
// them, with its address, the ways to the one before and after it. What the list showed is kept in this tab alone.
const SHOWN = "list";

const remember = (list) => {
  const beside = (rel) => document.querySelector(`main a[rel=${rel}]`)?.href;
  const rows = [...list.querySelectorAll("a.lead")].map((link) => link.getAttribute("href"));
  sessionStorage.setItem(SHOWN, JSON.stringify({ rows, prev: beside("prev"), next: beside("next") }));
};

// Where a neighbour opens: at the same part, or at the next page of the list after its last row.
const show = (ways) => {
  const list = JSON.parse(sessionStorage.getItem(SHOWN)) ?? { rows: [] };
  const own = ways.dataset.neighbours;
  const here = list.rows.indexOf(own);
  if (here < 0 || !location.pathname.startsWith(own)) return;
  const part = location.pathname.slice(own.length);
  for (const link of ways.querySelectorAll("a")) {
    const row = list.rows[here + (link.rel === "next" ? 1 : -1)];
    const address = row ? row + part : list[link.rel];
    if (!row) link.ariaLabel = link.dataset.page;
    if (address) link.href = address;
    else link.removeAttribute("href");
  }
  ways.hidden = false;
};

document.querySelectorAll("[data-walked]").forEach(remember);
document.querySelectorAll("[data-neighbours]").forEach(show);
