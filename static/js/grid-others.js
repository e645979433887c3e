// What others change while the sheet is looked at: asked every ten seconds, and at once when somebody comes back to it.
window.gridOthers = function (setup, lines, saving, show) {
  let mark = setup.window.mark, asking = false;

  // An answer that was under way while this page saved something may be older than what was saved: it is asked again.
  async function ask() {
    if (asking || document.hidden || saving.busy()) return;
    const saved = saving.answers();
    asking = true;
    try {
      const answer = await fetch(`${setup.rows}?since=${mark}`);
      if (answer.ok && saved === saving.answers() && !saving.busy()) take(await answer.json());
    } catch {
      // No connection: what is typed says so, and it is asked again.
    }
    asking = false;
  }
  function take(found) {
    const touched = [];
    let count = 0;
    mark = found.mark;
    for (const [id, row] of Object.entries(found.rows)) {
      const line = lines.get(Number(id));
      const cells = [...row.plan.keys()].filter((month) => line && row.plan[month] !== line.plan[month]);
      if (!line || (!cells.length && row.state === line.state)) continue; // not here yet; or written by this page
      for (const month of cells) saving.marks.set(saving.key({ line: line.id, month }), "theirs");
      count += cells.length;
      lines.settle(line.id, row);
      touched.push(line.id);
    }
    lines.refresh(touched);
    if (count) show.state("theirs", { count });
    if (touched.length) show.saved();
    if (found.lines !== lines.state.all) show.others();
  }

  setInterval(ask, 10000);
  window.addEventListener("focus", ask);
  document.addEventListener("visibilitychange", ask);
};
