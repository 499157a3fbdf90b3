// In a table, up and down lead from a row's link to the next row's; Home and End to the first and last.
const MOVES = { ArrowDown: (i) => i + 1, ArrowUp: (i) => i - 1, Home: () => 0, End: (_, n) => n - 1 };

document.addEventListener("keydown", (event) => {
  const move = MOVES[event.key];
  const link = event.target.closest?.(".table tbody a");
  if (!move || !link || event.altKey || event.ctrlKey || event.metaKey) return;
  const rows = [...link.closest("tbody").rows];
  const row = link.closest("tr");
  const place = [...row.querySelectorAll("a")].indexOf(link);
  const target = rows[move(rows.indexOf(row), rows.length)];
  const links = target?.querySelectorAll("a");
  if (!links?.length) return;
  event.preventDefault();
  (links[place] ?? links[0]).focus();
});
