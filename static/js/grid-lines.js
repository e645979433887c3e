// The lines of the grid as the server last said them, what is typed on top of that, and the sums of both.
window.gridLines = function (setup, amounts, changed) {
  const lines = new Map(), groups = new Map();
  const measures = setup.measures.map((one) => one.key);
  const total = { id: "total", kind: "total", name: setup.words.total, plans: null };
  const zeros = () => Array(12).fill(0n);
  const state = { whole: true, all: 0 };

  const fields = (measure, texts, year) => {
    const found = { [`${measure}_year`]: year ?? amounts.sum(texts) };
    texts.forEach((one, month) => (found[`${measure}_${month}`] = one));
    if (texts.some((one) => one.includes("."))) state.whole = false;
    return found;
  };
  const others = (one) => Object.assign({}, ...measures.filter((key) => key !== "plan").map((key) => fields(key, one[key])));
  const planned = (sums) => (measures.includes("plan") ? fields("plan", sums.map(amounts.text)) : {});

  // Months as they are shown: the server's, with what is on its way to it on top.
  const overlaid = (line) => line.plan.map((there, month) => line.typed.get(month)?.value ?? there);
  const row = (line) => ({
    id: line.id, kind: "line", name: line.name, group: line.group, state: line.state,
    ...(measures.includes("plan") ? fields("plan", line.shown, line.typed.get(null)?.value) : {}),
  });

  // The first window: every group with its sums. Then lines, in order; each group's row comes before its first line.
  function begin(found) {
    total.plans = zeros();
    const sums = {};
    for (const one of found.groups) {
      groups.set(one.key, { id: `group ${one.key}`, kind: "group", name: one.label, key: one.key, lines: one.lines,
        plans: one.plan.map(amounts.units), data: others(one), met: false });
      state.all += one.lines;
      one.plan.forEach((text, month) => (total.plans[month] += amounts.units(text)));
      for (const key of measures) if (key !== "plan") (sums[key] ||= []).push(one[key]);
    }
    total.data = Object.assign({}, ...Object.entries(sums).map(([key, rows]) =>
      fields(key, Array.from({ length: 12 }, (_, month) => amounts.sum(rows.map((texts) => texts[month]))))));
    return [{ ...total, ...planned(total.plans), ...total.data }, ...add(found.rows)];
  }
  const groupRow = (group) => ({ ...group, ...planned(group.plans), ...group.data });

  function add(rows) {
    const found = [];
    for (const one of rows) {
      if (lines.has(one.id)) continue;
      const line = { ...one, typed: new Map(), shown: one.plan };
      const group = groups.get(one.group);
      lines.set(one.id, line);
      if (group && !group.met) found.push(groupRow(group));
      if (group) group.met = true;
      found.push({ ...row(line), ...others(one) });
    }
    return found;
  }

  // Work out what a line shows now, move the sums by the difference, and tell the table which rows differ.
  function refresh(ids) {
    const touched = new Map();
    for (const id of new Set(ids)) {
      const line = lines.get(id);
      if (!line) continue;
      const now = overlaid(line), group = groups.get(line.group);
      now.forEach((text, month) => {
        const before = amounts.units(line.shown[month]) ?? amounts.units(line.plan[month]);
        const by = (amounts.units(text) ?? amounts.units(line.plan[month])) - before;
        if (by) for (const sums of [group, total]) if (sums) sums.plans[month] += by;
      });
      line.shown = now;
      touched.set(line.id, row(line));
      if (group?.met) touched.set(group.id, { id: group.id, ...planned(group.plans) });
    }
    touched.set(total.id, { id: total.id, ...planned(total.plans) });
    changed([...touched.values()]);
  }

  return {
    begin, add, refresh, state,
    get: (id) => lines.get(id),
    loaded: () => lines.size,
    last: () => [...lines.keys()].at(-1),
    editable: (line) => setup.editable && line && !["removed", "proposed"].includes(line.state),
    // What the server will hold in a cell once everything on its way has arrived.
    there: (line, month) => {
      const valid = line.plan.map((text, at) => {
        const typed = line.typed.get(at)?.value;
        return typed !== undefined && amounts.units(typed) !== null ? typed : text;
      });
      return month === null ? amounts.sum(valid) : valid[month];
    },
    put: (cell) => lines.get(cell.line).typed.set(cell.month, cell),
    take: (cell) => {
      const typed = lines.get(cell.line)?.typed;
      if (typed?.get(cell.month) === cell) typed.delete(cell.month);
    },
    settle: (id, said) => Object.assign(lines.get(id) ?? {}, said),
    words: (cell) => `${lines.get(cell.line)?.name} · ${cell.month === null ? setup.words.year : setup.months[cell.month]}`,
  };
};
