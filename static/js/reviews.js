// Print, fields that only one of the two outcomes needs, and half-typed words that stay when the room follows the other screen.
(function () {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  function outcome(form) {
    const agreed = form.querySelector('input[name="agreed"]:checked')?.value !== "no";
    const show = (name, shown) => {
      const field = form.querySelector(`[name="${name}"]`)?.closest(".mb-3, .form-group, div[id^='div_id']");
      if (field) field.hidden = !shown;
    };
    show("owner", agreed);
    show("due_on", agreed);
    show("counter_proposal", !agreed);
  }
  function all() {
    for (const form of document.querySelectorAll("form.decide")) outcome(form);
  }
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form.decide");
    if (form) outcome(form);
  });

  // A part with data-keep and an id comes back with what was typed, what was open and where the cursor stood.
  let kept = null;
  function keep() {
    kept = new Map();
    for (const part of document.querySelectorAll("#room [data-keep]")) {
      kept.set(part.id, { open: part.open, fields: [...part.querySelectorAll("input:not([type=hidden]), select, textarea")].map((field) => [field.value, field.checked]) });
    }
    const active = document.activeElement;
    kept.focus = active?.closest("#room [data-keep]") ? [active.id, active.selectionStart, active.selectionEnd] : null;
  }
  function restore() {
    if (!kept) return;
    for (const part of document.querySelectorAll("#room [data-keep]")) {
      const was = kept.get(part.id);
      if (!was) continue;
      if (was.open) part.open = true;
      [...part.querySelectorAll("input:not([type=hidden]), select, textarea")].forEach((field, at) => {
        if (!was.fields[at]) return;
        if (field.type === "radio" || field.type === "checkbox") field.checked = was.fields[at][1];
        else field.value = was.fields[at][0];
      });
    }
    const field = kept.focus && document.getElementById(kept.focus[0]);
    if (field) {
      field.focus({ preventScroll: true });
      if (kept.focus[1] !== null && field.setSelectionRange && /text|search/.test(field.type)) field.setSelectionRange(kept.focus[1], kept.focus[2]);
    }
    kept = null;
  }
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.shouldSwap && event.target.id === "room") keep();
  });
  document.addEventListener("htmx:afterSettle", () => {
    restore();
    all();
  });
  all();
})();
