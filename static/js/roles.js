// The matrix: arrows move, a letter writes, a click goes one letter further. Without this script each click is a form.
(function () {
  const form = document.getElementById("matrix");
  if (!form) return;
  const cells = () => [...form.querySelectorAll("button.cell")];
  const ORDER = "ARGCI";

  // One stop in the tab order; the arrows do the rest.
  function rest(on) {
    for (const cell of cells()) cell.tabIndex = -1;
    (on || cells()[0]).tabIndex = 0;
  }
  rest();

  function save(cell, letters) {
    const values = { cell: cell.value, once: crypto.randomUUID ? crypto.randomUUID() : String(Math.random()) };
    if (letters !== undefined) values.letters = letters;
    cell.classList.add("is-saving");
    htmx.ajax("POST", form.dataset.letters, { source: cell, target: cell, swap: "outerHTML", values });
  }

  form.addEventListener("submit", (event) => {
    const cell = event.submitter;
    if (!cell?.matches("button.cell")) return;
    event.preventDefault();
    event.stopPropagation();
    save(cell);
  });

  function neighbour(cell, key) {
    const rows = [...form.querySelectorAll("tbody tr:not(.area)")];
    const row = cell.closest("tr");
    const place = [...row.querySelectorAll("button.cell")].indexOf(cell);
    const at = rows.indexOf(row);
    if (key === "ArrowLeft" || key === "ArrowRight") return row.querySelectorAll("button.cell")[place + (key === "ArrowRight" ? 1 : -1)];
    return rows[at + (key === "ArrowDown" ? 1 : -1)]?.querySelectorAll("button.cell")[place];
  }

  form.addEventListener("keydown", (event) => {
    const cell = event.target.closest("button.cell");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow")) {
      const next = neighbour(cell, event.key);
      event.preventDefault();
      if (next) {
        rest(next);
        next.focus();
      }
      return;
    }
    const letter = event.key.toUpperCase();
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      save(cell, "");
    } else if (ORDER.includes(letter) && letter.length === 1) {
      event.preventDefault();
      const seen = cell.value.split(".")[2];
      const both = (seen === "A" && letter === "R") || (seen === "R" && letter === "A");
      save(cell, both ? "AR" : letter);
    }
  });

  form.addEventListener("focusin", (event) => {
    if (event.target.matches("button.cell")) rest(event.target);
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    const current = document.activeElement?.matches("button.cell") ? document.activeElement : form.querySelector('button.cell[tabindex="0"]');
    rest(current || undefined);
  });
  // Refused or out of date: show what is really there.
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt.matches?.("button.cell")) event.detail.elt.classList.remove("is-saving");
  });
})();
