// The matrix: arrows move, letters write, a click goes one letter further, a block from a spreadsheet is pasted. What is
// typed shows at once and is saved behind it, several cells together. Without this script each click is a form.
(function () {
  const form = document.getElementById("matrix");
  if (!form) return;
  const ORDER = "ARGCI";
  const CYCLE = ["", "R", "A", "AR", "G", "C", "I"];
  const WORDS = { ACCOUNTABLE: "A", RESPONSIBLE: "R", CONSULTED: "C", CONSULT: "C", INFORMED: "I", INFORM: "I", AGREE: "G", AGREES: "G", GATE: "G" };
  const PAUSE = 150; // milliseconds of quiet before a save
  let grid = [];
  let stop = null; // the one cell in the tab order

  // ── Where things are ──
  function read() {
    grid = [...form.querySelectorAll("tbody tr:not(.area)")].map((row, y) => [...row.querySelectorAll("button.cell")].map((cell, x) => Object.assign(cell, { at: [y, x], tabIndex: -1 })));
    rest(grid[0]?.[0]);
  }
  function rest(cell) {
    if (stop) stop.tabIndex = -1;
    stop = cell;
    if (cell) cell.tabIndex = 0;
  }
  const lettersOf = (cell) => cell.value.split(".")[2];
  const inOrder = (text) => [...ORDER].filter((letter) => text.includes(letter)).join("");
  function letters(text) {
    const bare = text.replace(/\(.*?\)/g, " ").toUpperCase();
    const found = bare.split(/[\s,;/+&|·.–—-]+/).map((word) => WORDS[word] ?? word).join("");
    return [...found].every((letter) => ORDER.includes(letter)) ? inOrder(found) : null;
  }

  // ── Writing: shown at once, sent after a moment's quiet ──
  const waiting = new Map();
  let timer = 0;
  let sending = false;

  function put(cell, wanted) {
    const [activity, role, held] = cell.value.split(".");
    if (held === wanted) return;
    const key = `${activity}.${role}`;
    waiting.set(key, { activity, role, seen: waiting.get(key)?.seen ?? held, wanted });
    show(cell, wanted);
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }
  function show(cell, wanted) {
    const [activity, role] = cell.value.split(".");
    cell.value = `${activity}.${role}.${wanted}`;
    cell.replaceChildren(...[...wanted].map((letter) => Object.assign(document.createElement("span"), { className: `letter letter-${letter.toLowerCase()}`, textContent: letter })));
    cell.setAttribute("aria-label", cell.getAttribute("aria-label").replace(/[^:]*$/, ` ${[...wanted].join(" ") || form.dataset.empty}`));
  }
  async function save() {
    if (sending || !waiting.size) return;
    const changes = [...waiting.values()].map((one) => [one.activity, one.role, one.seen, one.wanted]);
    const body = new FormData();
    body.set("changes", JSON.stringify(changes));
    body.set("once", crypto.randomUUID ? crypto.randomUUID() : String(Math.random()));
    waiting.clear();
    sending = true;
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true", "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value } });
      const parts = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      if (answer.ok && !answer.redirected) for (const part of [...parts.children]) document.getElementById(part.id)?.replaceWith(part);
      else await again(parts.textContent.trim());
    } catch {
      await again(document.getElementById("trouble")?.dataset.offline ?? "");
    }
    sending = false;
    form.removeAttribute("aria-busy");
    if (waiting.size) save();
  }
  // Refused or out of date: say why, and show what is really there.
  async function again(sentence) {
    waiting.clear();
    say(sentence);
    const at = stop?.id;
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    form.querySelector(".matrix").replaceWith(page.querySelector(".matrix"));
    document.getElementById("findings").replaceWith(page.getElementById("findings"));
    read();
    document.getElementById(at)?.focus();
  }
  function say(sentence) {
    const notice = document.getElementById("trouble")?.content.cloneNode(true);
    if (!notice) return;
    notice.querySelector("[data-sentence]").textContent = sentence;
    document.getElementById("messages").replaceChildren(notice);
  }
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size || sending) event.preventDefault();
  });

  // ── Hands ──
  form.addEventListener("submit", (event) => {
    const cell = event.submitter;
    if (!cell?.matches("button.cell")) return;
    event.preventDefault();
    event.stopPropagation();
    put(cell, CYCLE[(CYCLE.indexOf(lettersOf(cell)) + 1) % CYCLE.length]);
  });
  const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  form.addEventListener("keydown", (event) => {
    const cell = event.target.closest("button.cell");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const [y, x] = cell.at;
    const [down, right] = STEPS[event.key] ?? [0, 0];
    const next = { Home: grid[y][0], End: grid[y].at(-1) }[event.key] ?? (down || right ? grid[y + down]?.[x + right] : null);
    const letter = event.key.toUpperCase();
    if (event.key in STEPS || event.key === "Home" || event.key === "End") next?.focus();
    else if (event.key === "Delete" || event.key === "Backspace") put(cell, "");
    else if (letter.length === 1 && ORDER.includes(letter)) {
      const held = lettersOf(cell);
      put(cell, (held === "A" && letter === "R") || (held === "R" && letter === "A") ? "AR" : letter);
    } else return;
    event.preventDefault();
  });
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("button.cell")) rest(event.target);
  });

  // ── A block from a spreadsheet; a whole table, with its heads, goes to the page that asks how to read it ──
  form.addEventListener("paste", (event) => {
    const cell = event.target.closest("button.cell");
    const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
    if (!cell || !text) return;
    event.preventDefault();
    const rows = text.split("\n").map((row) => row.split("\t"));
    const block = rows.map((row) => row.map(letters));
    if (block.some((row) => row.includes(null))) return rows.length > 1 && rows[0].length > 1 ? elsewhere(text) : say(form.dataset.strange);
    const [y, x] = cell.at;
    if (y + block.length > grid.length || x + Math.max(...block.map((row) => row.length)) > grid[0].length) return say(form.dataset.outside);
    block.forEach((row, down) => row.forEach((wanted, right) => put(grid[y + down][x + right], wanted)));
  });
  form.addEventListener("copy", (event) => {
    const cell = event.target.closest("button.cell");
    if (!cell || !getSelection().isCollapsed) return;
    event.clipboardData.setData("text/plain", lettersOf(cell));
    event.preventDefault();
  });
  function elsewhere(text) {
    const page = document.getElementById("elsewhere");
    page.elements.text.value = text;
    page.submit();
  }
  read();
})();
