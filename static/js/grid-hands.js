// Hands on the grid: arrows, Tab and Enter, typing over, blocks in and out of the clipboard, filling, taking back.
window.gridHands = function (table, holder, { lines, saving, amounts, end }) {
  const ranges = table.modules.selectRange;
  const body = table.rowManager.element;
  let first = null; // the character that began an edit

  // The library lays out every row of the table at each step; those on the screen are enough, others are when they come.
  const layout = ranges.layoutElement;
  ranges.layoutElement = () => layout.call(ranges, true);

  const monthOf = (field) => {
    const found = /^plan_(\d+|year)$/.exec(field || "");
    return found ? (found[1] === "year" ? null : Number(found[1])) : undefined;
  };
  const cellAt = (row, column) => {
    const month = monthOf(column.field), line = row.data.kind === "line" && lines.get(row.data.id);
    return line && month !== undefined && lines.editable(line) ? { line: line.id, month } : null;
  };
  const chosen = () => ({ rows: ranges.activeRange.getRows(), columns: ranges.activeRange.getColumns() });
  const shownIn = (row, column) => row.data[column.field] ?? "";

  function move(way) {
    const { start, end: last } = ranges.activeRange, columns = ranges.getTableColumns(), rows = ranges.getTableRows();
    if (way === "right" && start.col === columns.length - 1 && start.row < rows.length - 1) to(start.row + 1, 1);
    else if (way === "left" && start.col <= 1 && start.row > 0) to(start.row - 1, columns.length - 1);
    else ranges.navigate(false, false, way);
    return last;
  }
  function to(row, column) {
    ranges.activeRange.setStart(row, column);
    ranges.activeRange.setEnd(row, column);
    ranges.layoutElement();
    ranges.autoScroll(ranges.activeRange);
  }
  const atTheEnd = (back) => {
    const { row, col } = ranges.activeRange.start;
    return back ? row === 0 && col <= 1 : row === ranges.getTableRows().length - 1 && col === ranges.getTableColumns().length - 1;
  };

  // ── Editing one cell ──
  function editor(cell, rendered, success, cancel) {
    const input = document.createElement("input");
    const { line, month } = cellAt(cell.getRow()._row, cell.getColumn()._column);
    const replaces = first !== null;
    const saw = lines.there(lines.get(line), month);
    let open = true;
    input.className = "grid-input";
    input.inputMode = "decimal";
    input.autocomplete = "off";
    input.setAttribute("aria-label", lines.words({ line, month }));
    input.defaultValue = amounts.local(cell.getValue());
    input.value = first ?? input.defaultValue;
    first = null;
    const close = (way, keep) => {
      if (!open) return;
      open = false;
      cancel();
      lines.refresh([line]); // what came in meanwhile
      if (keep && input.value !== input.defaultValue) saving.put([{ line, month, value: amounts.typed(input.value), saw }]);
      if (way !== undefined) body.focus();
      if (way) move(way);
    };
    input.addEventListener("blur", () => close(undefined, true));
    input.addEventListener("keydown", (event) => {
      const ways = { Enter: event.shiftKey ? "up" : "down", Tab: event.shiftKey ? "left" : "right" };
      const arrows = { ArrowUp: "up", ArrowDown: "down", ...(replaces && { ArrowLeft: "left", ArrowRight: "right" }) };
      const way = ways[event.key] || arrows[event.key];
      event.stopPropagation();
      if (way || event.key === "Escape") {
        event.preventDefault();
        close(way || "", Boolean(way));
      }
    });
    rendered(() => {
      input.focus({ preventScroll: true });
      if (!replaces) input.select();
    });
    return input;
  }
  function edit(character) {
    const { start } = ranges.activeRange, cell = ranges.getCell(start.row, start.col);
    if (!cell || !cellAt(cell.row, cell.column)) return;
    first = character;
    cell.getComponent().edit();
  }

  // ── Blocks ──
  function fill(down) {
    const { rows, columns } = chosen(), cells = [];
    const all = down ? ranges.getTableRows() : ranges.getTableColumns().filter((one) => typeof monthOf(one.field) === "number");
    const across = down ? rows : columns.filter((one) => all.includes(one));
    const from = across.length > 1 ? across[0] : all[all.indexOf(across[0]) - 1];
    if (!from) return;
    for (const one of across) {
      if (one === from) continue;
      for (const other of down ? columns : rows) {
        const [row, column] = down ? [one, other] : [other, one];
        const cell = cellAt(row, column), source = down ? cellAt(from, column) : cellAt(row, from);
        if (cell && source) cells.push({ ...cell, value: down ? shownIn(from, column) : shownIn(row, from) });
      }
    }
    saving.put(cells);
  }
  const put = (value) => {
    const { rows, columns } = chosen();
    saving.put(rows.flatMap((row) => columns.map((column) => cellAt(row, column)).filter(Boolean)).map((cell) => ({ ...cell, value })));
  };
  function paste(text) {
    const block = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((row) => row.split("\t").map(amounts.typed));
    const { rows, columns } = chosen();
    if (block.length === 1 && block[0].length === 1) return put(block[0][0]);
    const all = ranges.getTableRows(), begin = all.indexOf(rows[0]);
    const into = all.slice(begin).filter((row) => row.data.kind === "line").slice(0, block.length);
    const across = ranges.getTableColumns().slice(ranges.getTableColumns().indexOf(columns[0]));
    const open = across.filter((column) => monthOf(column.field) !== undefined);
    saving.put(into.flatMap((row, down) => block[down].map((value, right) => {
      const cell = open[right] && cellAt(row, open[right]);
      return cell && { ...cell, value };
    }).filter(Boolean)));
  }
  const idle = () => !table.modules.edit.currentCell && body.contains(document.activeElement);
  holder.addEventListener("copy", (event) => {
    if (!idle()) return;
    const { rows, columns } = chosen();
    const text = rows.map((row) => columns.map((column) => amounts.local(shownIn(row, column))).join("\t")).join("\n");
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  });
  holder.addEventListener("paste", (event) => {
    if (!idle()) return;
    event.preventDefault();
    paste(event.clipboardData.getData("text/plain"));
  });

  // ── Keys ──
  const withControl = { r: () => fill(false), d: () => fill(true), z: saving.undo, y: saving.redo, Z: saving.redo };
  holder.addEventListener("keydown", (event) => {
    if (!idle() || event.target.closest("button, a")) return;
    const act = pressed(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }, true);
  function pressed(event) {
    if (event.isComposing || event.altKey) return null;
    if (event.ctrlKey || event.metaKey) return withControl[event.key];
    if (event.key === "Tab") return atTheEnd(event.shiftKey) ? null : () => move(event.shiftKey ? "left" : "right");
    if (event.key === "Enter" || event.key === "F2") return () => edit(null);
    if (event.key === "Delete" || event.key === "Backspace") return () => put("0");
    if (event.key === "Escape") return () => end.focus();
    if (event.key.length === 1 && event.key !== " ") return () => edit(event.key);
    return null;
  }
  return { editor, fill };
};
