// The queue by keyboard: j and k walk, l chooses the line, "." takes the one chosen before, Enter places; b goes
// to the line of all chosen names, where Enter places them. After each the queue goes on where it was. Without this
// every row is an ordinary form.
(function () {
  const queue = document.querySelector("[data-queue]");
  if (!queue) return;
  const rows = [...queue.children];
  const bulk = document.getElementById("bulk");
  const LAST = "spend-line", GOING = "spend-queue";
  let at = -1;

  function go(to) {
    if (!rows.length) return;
    at = Math.max(0, Math.min(rows.length - 1, to));
    rows[at].focus();
    rows[at].scrollIntoView({ block: "nearest" });
  }

  function place(form) {
    const line = form.querySelector("select[name=line]");
    if (!line.value) return line.focus();
    sessionStorage.setItem(LAST, line.value);
    sessionStorage.setItem(GOING, at);
    form.requestSubmit();
  }

  const acts = {
    j: () => go(at + 1),
    ArrowDown: () => go(at + 1),
    k: () => go(at - 1),
    ArrowUp: () => go(at - 1),
    l: (form) => form.querySelector("select[name=line]").focus(),
    ".": (form) => {
      const line = form.querySelector("select[name=line]");
      const last = sessionStorage.getItem(LAST);
      if (last && [...line.options].some((option) => option.value === last)) line.value = last;
    },
    a: (form) => form.querySelector("input[name=always]").click(),
    x: (_form, row) => row.querySelector("input[form=bulk]").click(),
    v: (_form, row) => {
      const name = row.querySelector("[data-name]");
      if (!name) return;
      sessionStorage.setItem(GOING, at);
      name.form.requestSubmit(name);
    },
    b: () => bulk && bulk.querySelector("select[name=line]").focus(),
    Enter: (form) => place(form),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows.find((one) => one.contains(document.activeElement));
    const field = event.target.closest("input:not([type=checkbox]), select, textarea, button, a, dialog, summary");
    if (row) at = rows.indexOf(row);
    if (field) {
      const form = field.closest("form[data-place], #bulk");
      if (field.matches("select") && form && event.key === "Enter") {
        event.preventDefault();
        place(form);
      } else if (field.matches("select") && form && event.key === "Escape") (row || rows[Math.max(at, 0)]).focus();
      return;
    }
    const act = acts[event.key];
    const form = row && row.querySelector("form[data-place]");
    if (!act || (!form && !["j", "k", "ArrowDown", "ArrowUp"].includes(event.key))) return;
    event.preventDefault();
    act(form, row);
  });

  if (bulk) {
    const count = () => {
      const chosen = queue.querySelectorAll("input[form=bulk]:checked").length;
      bulk.querySelector("[data-count]").textContent = chosen;
      bulk.classList.toggle("is-waiting", !chosen);
    };
    queue.addEventListener("change", count);
    count();
  }
  const going = sessionStorage.getItem(GOING);
  if (going !== null) {
    sessionStorage.removeItem(GOING);
    go(Number(going));
  }
})();
