// Changes go to the server one block after another, each cell with the amount its person saw. What cannot be saved yet is
// kept and sent again under the same key; what met somebody else's change, or was refused, waits to be settled.
window.gridSaving = function (setup, lines, amounts, show) {
  const blocks = [], done = [], undone = [], later = [], issues = new Map(), marks = new Map();
  const headers = JSON.parse(document.body.getAttribute("hx-headers") || "{}");
  let sending = false, wait = 1000, waiting = 0, answered = 0;
  const key = (cell) => `${cell.line} ${cell.month}`;
  const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  // cells: [{line, month (null: the year), value (plain text), saw (else what is there)}]
  function put(cells, kind = "do") {
    if (cells.some((cell) => lines.get(cell.line)?.typed.has(null))) return later.push(() => put(cells, kind));
    const block = [];
    for (const one of cells) {
      const line = lines.get(one.line);
      if (!lines.editable(line)) continue;
      const cell = { line: one.line, month: one.month, value: one.value, saw: one.saw ?? lines.there(line, one.month) };
      if (cell.value === cell.saw) continue;
      block.push(cell);
      issues.delete(key(cell));
      marks.set(key(cell), "saving");
    }
    if (!block.length) return;
    block.forEach(lines.put);
    lines.refresh(block.map((cell) => cell.line));
    blocks.push({ cells: block, kind, once: fresh() });
    show.state("saving");
    show.issues();
    send();
  }

  async function send() {
    if (sending || !blocks.length) return;
    sending = true;
    const block = blocks[0];
    try {
      const body = new FormData();
      body.set("once", block.once);
      body.set("cells", JSON.stringify(block.cells));
      const answer = await fetch(setup.cells, { method: "POST", body, headers });
      const json = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
      if (answer.status >= 500 || !json) return again("failed");
      blocks.shift();
      answered += 1;
      wait = 1000;
      const refused = (cell) => ({ state: "refused", says: json.says, value: cell.saw });
      settle(block, answer.ok ? json : { rows: {}, cells: block.cells.map(refused) });
    } catch {
      return again("waits");
    }
    sending = false;
    if (!blocks.length) for (const act of later.splice(0)) act();
    send();
  }
  function again(why) {
    show.state(why, { count: blocks.reduce((sum, block) => sum + block.cells.length, 0) });
    waiting = setTimeout(() => { waiting = 0; sending = false; send(); }, wait);
    wait = Math.min(wait * 2, 30000);
  }

  function settle(block, said) {
    const steps = [];
    block.cells.forEach((cell, at) => {
      const one = said.cells[at], line = lines.get(cell.line), row = said.rows[cell.line];
      lines.take(cell);
      marks.set(key(cell), one.state);
      if (one.state !== "saved") return issues.set(key(cell), { ...one, ...cell, mine: cell.value, theirs: one.value });
      if (cell.month !== null) return steps.push({ line: cell.line, month: cell.month, from: cell.saw });
      line.plan.forEach((from, month) => row && from !== row.plan[month] && steps.push({ line: cell.line, month, from }));
    });
    for (const [id, row] of Object.entries(said.rows)) lines.settle(Number(id), row);
    if (steps.length) (block.kind === "undo" ? undone : done).push(steps);
    if (block.kind === "do") undone.length = 0;
    lines.refresh(block.cells.map((cell) => cell.line));
    const conflicts = issues.size;
    show.state(conflicts ? "conflicts" : blocks.length ? "saving" : block.kind === "undo" ? "undone" : "saved", { count: conflicts });
    show.issues();
    if (steps.length) show.saved();
  }

  const step = (from, kind) => () => {
    if (blocks.length) return later.push(step(from, kind));
    const steps = from.pop();
    if (steps) put(steps.map(({ line, month, from: value }) => ({ line, month, value })), kind);
  };
  // Back on the net: what waits goes at once.
  window.addEventListener("online", () => { wait = 1000; if (sending && waiting) { clearTimeout(waiting); waiting = 0; sending = false; send(); } });
  window.addEventListener("beforeunload", (event) => blocks.length && event.preventDefault());

  return {
    put, issues, marks, key,
    busy: () => blocks.length > 0, answers: () => answered,
    undo: step(done, "undo"), redo: step(undone, "redo"),
    steps: () => [done.length, undone.length],
    leave: (issue) => { issues.delete(key(issue)); marks.delete(key(issue)); lines.refresh([issue.line]); show.issues(); },
  };
};
