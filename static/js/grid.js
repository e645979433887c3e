// The budget as a sheet: lines down, months across. Groups are ordinary rows, so that blocks go where a spreadsheet puts them.
(function () {
  const holder = document.querySelector("[data-grid]");
  const setup = JSON.parse(document.getElementById("grid-setup")?.textContent || "null");
  if (!holder || !setup?.window || !window.Tabulator || !matchMedia("(min-width: 48rem)").matches) return;

  const words = setup.words, said = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  const part = (name) => holder.querySelector(`[data-grid-${name}]`);
  const amounts = gridAmounts(document.documentElement.lang || "en", setup.digits);
  const lines = gridLines(setup, amounts, changed);
  const saving = gridSaving(setup, lines, amounts, { state, issues, saved });
  const folded = new Set();
  let hands, table, sought = "";

  // ── What a cell looks like ──
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  function amount(cell) {
    const data = cell.getRow().getData(), field = cell.getField(), text = cell.getValue() ?? "";
    const [measure, at] = field.split("_"), month = at === "year" ? null : Number(at);
    const element = cell.getElement(), line = data.kind === "line" && lines.get(data.id);
    const mark = line && measure === "plan" ? saving.marks.get(saving.key({ line: data.id, month })) : undefined;
    const agreed = line && measure === "plan" && line.agreed && (month === null ? amounts.sum(line.agreed) : line.agreed[month]);
    const drafted = agreed && agreed !== text;
    for (const name of ["saving", "saved", "refused", "conflict", "theirs"]) element.classList.toggle(`grid-${name}`, mark === name);
    element.classList.toggle("grid-drafted", Boolean(drafted));
    element.title = drafted ? said(words.drafted, { amount: amounts.shown(agreed, lines.state.whole) }) : mark === "theirs" ? words.theirs_cell : "";
    const shown = amounts.shown(text, lines.state.whole);
    if (mark !== "conflict") return shown;
    const mine = saving.issues.get(saving.key({ line: data.id, month }))?.mine;
    return make("span", {}, make("s", { textContent: amounts.shown(mine ?? "", lines.state.whole) }), " ", shown);
  }
  function name(cell) {
    const data = cell.getRow().getData();
    if (data.kind === "total") return make("strong", { textContent: data.name });
    if (data.kind === "line") {
      const link = make("a", { href: setup.line.replace("/0/", `/${data.id}/`), textContent: data.name, tabIndex: -1 });
      const word = words.states[lines.get(data.id)?.state];
      return word ? make("span", {}, link, make("span", { className: "grid-word", textContent: word })) : link;
    }
    const open = !folded.has(data.key);
    const fold = make("button", { type: "button", className: "grid-fold", tabIndex: -1, onclick: () => turn(data.key) });
    fold.setAttribute("aria-expanded", open);
    fold.setAttribute("aria-label", said(words.fold, { name: data.name }));
    return make("span", {}, fold, make("strong", { textContent: data.name }), make("span", { className: "grid-word", textContent: data.lines }));
  }

  // ── The table ──
  holder.hidden = false;
  document.querySelector("[data-grid-plain]").classList.add("grid-replaced");
  const data = lines.begin(setup.window);
  // Columns are as wide as their largest sums need.
  const longest = (row, year) => Math.max(...Object.entries(row).filter(([field]) => (year ? /_year$/ : /_\d+$/).test(field))
    .map(([, text]) => amounts.shown(text, lines.state.whole).length));
  const wide = (letters) => Math.max(70, Math.round(letters * 8.1) + 14);
  const needed = (row) => ({ month: wide(longest(row, false)), year: wide(longest(row, true)) });
  let room = needed(data[0]), whole = lines.state.whole;
  const column = (measure, title, at) => ({
    title, field: `${measure}_${at}`, formatter: amount, hozAlign: "right", headerHozAlign: "right", headerSort: false, minWidth: 60,
    width: room[at === "year" ? "year" : "month"],
    cssClass: [at === "year" ? "grid-year" : "", at === setup.here ? "grid-here" : ""].join(" ").trim(),
    ...(measure === "plan" && setup.editable && { editor: (...all) => hands.editor(...all), editable: (cell) => lines.editable(lines.get(cell.getRow().getData().id)) }),
  });
  const spans = [...setup.months.map((word, month) => [word, month]), [words.year, "year"]];
  const months = spans.map(([word, at]) =>
    setup.measures.length === 1
      ? column(setup.measures[0].key, word, at)
      : { title: word, cssClass: at === setup.here ? "grid-here" : "", columns: setup.measures.map((one) => column(one.key, one.word, at)) }
  );
  table = new Tabulator(part("table"), {
    data, index: "id", layout: "fitDataFill", maxHeight: "70vh", renderVerticalBuffer: 400,
    columnDefaults: { resizable: false }, headerSortClickElement: "icon",
    selectableRange: 1, selectableRangeColumns: true, selectableRangeRows: true, selectableRangeAutoFocus: false, editTriggerEvent: "dblclick",
    columns: [{ title: words.line, field: "name", formatter: name, frozen: true, headerSort: false, width: 190, cssClass: "grid-name" }, ...months],
    rowFormatter: (row) => row.getElement().classList.add(`grid-${row.getData().kind}`),
  });
  table.on("tableBuilt", () => {
    spoken();
    hands = gridHands(table, part("table"), { lines, saving, amounts, end: part("end") });
    for (const [selector, act] of [["undo", saving.undo], ["redo", saving.redo], ["fill", () => hands.fill(false)]]) part(selector)?.addEventListener("click", act);
    part("find").addEventListener("input", (event) => { sought = event.target.value.trim().toLowerCase(); sift(); });
    gridOthers(setup, lines, saving, { state, saved, others: () => (part("others").hidden = false) });
    rest();
  });

  // Roles that a screen reader expects of a grid: rows in groups of rows, and nothing between.
  function spoken() {
    const one = part("table");
    one.setAttribute("aria-label", holder.getAttribute("aria-label"));
    one.removeAttribute("aria-owns");
    one.setAttribute("aria-rowcount", lines.state.all + setup.window.groups.length + 2);
    const scrolled = one.querySelector(".tabulator-tableholder");
    scrolled.setAttribute("role", "rowgroup");
    one.querySelector(".tabulator-table").setAttribute("role", "none");
    for (const group of one.querySelectorAll("[role=columngroup]")) {
      const month = group.getAttribute("aria-title");
      group.setAttribute("role", "none");
      for (const name of ["aria-title", "aria-sort"]) group.removeAttribute(name);
      for (const head of group.querySelectorAll("[role=columnheader]")) head.setAttribute("aria-label", `${month} ${head.textContent.trim()}`);
    }
  }

  // The other lines come a thousand at a time, after the first screen.
  async function rest() {
    while (lines.loaded() < lines.state.all) {
      state("loading", { count: lines.loaded(), all: lines.state.all });
      const query = new URLSearchParams({ group: setup.group, measures: setup.measures.map((one) => one.key).join(), after: lines.last(), size: 1000 });
      const answer = await fetch(`${setup.rows}?${query}`);
      const found = answer.ok ? lines.add((await answer.json()).rows) : [];
      if (!found.length) break;
      await keeping(() => table.addData(found));
    }
    if (lines.loaded() > setup.window.rows.length) state("");
  }
  // Adding and sifting rows would forget which cells are chosen.
  async function keeping(act) {
    const range = table.modules.selectRange.activeRange, { start, end } = range ? { start: { ...range.start }, end: { ...range.end } } : {};
    await act();
    const now = table.modules.selectRange.activeRange;
    if (start?.row === undefined || !now) return;
    now.setStart(start.row, start.col);
    now.setEnd(end.row, end.col);
    table.modules.selectRange.layoutElement();
  }

  // Sums that grew, or the first amount with decimals: wider columns, and every amount written alike.
  function fit() {
    const now = needed(table.getRow("total").getData());
    if (now.month > room.month || now.year > room.year) {
      room = now;
      for (const one of table.getColumns()) {
        const at = one.getField()?.match(/_(\d+|year)$/);
        if (at) one.setWidth(room[at[1] === "year" ? "year" : "month"]);
      }
    }
    if (whole === lines.state.whole) return;
    whole = lines.state.whole;
    for (const row of table.getRows()) if (row._row.initialized) for (const cell of row.getCells()) if (cell._cell !== table.modules.edit.currentCell) cell._cell.layoutElement(true);
  }

  // ── Folding and finding ──
  const sift = () => table.setFilter((row) => row.kind === "total" || (sought ? row.kind === "line" && row.name.toLowerCase().includes(sought) : row.kind === "group" || !folded.has(row.group)));
  function turn(key) {
    folded.has(key) ? folded.delete(key) : folded.add(key);
    sift();
    table.getRow(`group ${key}`)?.reformat();
  }

  // ── What is told ──
  function changed(rows) {
    if (!table?.initialized) return;
    const open = table.modules.edit.currentCell; // an editor is not to be pulled from under somebody's hands
    for (const one of rows) {
      const row = table.getRow(one.id);
      if (!row) continue;
      const here = open && open.row === row._row ? open : null;
      row.update(here ? Object.fromEntries(Object.entries(one).filter(([field]) => field !== here.column.field)) : one);
      if (row._row.initialized) for (const cell of row.getCells()) if (cell._cell !== here) cell._cell.layoutElement(true);
    }
    fit();
  }
  function state(name, values = {}) {
    const time = new Date().toLocaleTimeString(document.documentElement.lang || "en", { hour: "2-digit", minute: "2-digit", hour12: false });
    const element = part("state"), [back, forth] = saving?.steps() ?? [0, 0];
    element.textContent = name ? said(words[name], { time, ...values }) : "";
    element.dataset.state = name;
    if (part("undo")) [part("undo").disabled, part("redo").disabled] = [!back, !forth];
  }
  function issues() {
    const all = [...saving.issues.values()], list = part("issues");
    list.hidden = !all.length;
    list.replaceChildren(make("ul", {}, ...all.slice(0, 50).map((one) => {
      const amountOf = (text) => amounts.shown(text ?? "", lines.state.whole);
      const values = { ...one, cell: lines.words(one), mine: amountOf(one.mine), theirs: amountOf(one.theirs) };
      const button = (text, act) => make("button", { type: "button", className: "btn btn-quiet", textContent: said(text, values), onclick: act });
      const conflict = one.state === "conflict";
      const sentence = said(conflict ? (one.by ? words.conflict : words.conflict_unknown) : words.refused, values);
      const put = () => saving.put([{ line: one.line, month: one.month, value: one.mine, saw: one.theirs }]);
      const leave = () => saving.leave(one);
      return make("li", {}, make("span", { textContent: sentence }), ...(conflict ? [button(words.keep, leave), button(words.mine, put)] : [button(words.dismiss, leave)]));
    })));
  }
  // What else on the page follows the draft: its notice and both sides' totals.
  let soon;
  function saved() {
    clearTimeout(soon);
    soon = setTimeout(() => navigator.onLine && window.htmx?.ajax("GET", location.pathname + location.search, { target: "#budget-news", select: "#budget-news", swap: "outerHTML", selectOOB: "#sides" }), 1500);
  }
})();
