// A question is asked only when it applies: `data-when="name=value,value"` shows its part while the field of that name
// (of the same rule, where there are several) has one of the values. Without this script every question is simply there.
(function () {
  function field(part, name) {
    const row = part.closest("[data-rule]");
    return row ? row.querySelector(`[name$="-${name}"]`) : part.closest("form").elements[name];
  }

  function adapt() {
    for (const part of document.querySelectorAll("[data-when]")) {
      const [name, values] = part.dataset.when.split("=");
      const shown = values.split(",").includes(field(part, name).value);
      if (part.matches("td")) {
        part.classList.toggle("not-asked", !shown);
        for (const input of part.querySelectorAll("input, select")) input.hidden = !shown;
      } else {
        part.hidden = !shown;
      }
    }
  }

  document.addEventListener("change", adapt);
  adapt();
})();

// A vendor that is there already is taken over with one press.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-seller]");
  if (!button) return;
  const field = document.querySelector("[data-intake]").elements.vendor;
  field.value = button.dataset.seller;
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  field.focus();
});

// What is typed is kept: at once on this device, and as a draft on the server when the fingers rest. Nothing is lost on
// a reload or while there is no connection.
(function () {
  const form = document.querySelector("[data-keep]");
  if (!form) return;
  const said = form.querySelector("[data-kept]");
  const left = new Set(["csrfmiddlewaretoken", "once", "version", "form", "quotes", "without", "of"]);
  let place = `intake:${location.pathname}`;
  let resting = null;
  let busy = false;
  let again = false;
  let waiting = null;

  function typed() {
    return [...new FormData(form)].filter(([name]) => !left.has(name));
  }

  function remember() {
    localStorage.setItem(place, JSON.stringify(typed()));
  }

  function restore() {
    const kept = JSON.parse(localStorage.getItem(place) || "null");
    if (!kept) return;
    const rows = new Map();
    for (const box of form.querySelectorAll("input[type=checkbox]")) if (!left.has(box.name)) box.checked = false;
    for (const [name, value] of kept) {
      const fields = form.querySelectorAll(`[name="${name}"]`);
      const field = fields[rows.get(name) || 0];
      rows.set(name, (rows.get(name) || 0) + 1);
      if (field && field.type === "checkbox") field.checked = true;
      else if (field) field.value = value;
    }
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async function keep() {
    if (!form.elements.title.value.trim()) return;
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    const body = new FormData(form);
    body.delete("once");
    body.set("form", form.elements.once.value);
    const sent = JSON.stringify(typed());
    const chosen = quotes();
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const draft = await answer.json();
      if (JSON.stringify(typed()) === sent) localStorage.removeItem(place);
      settle(draft);
      if (chosen && chosen === quotes()) showQuotes(draft);
      said.textContent = said.dataset.saved;
    } catch {
      said.textContent = said.dataset.lost;
    }
    busy = false;
    if (waiting) {
      form.requestSubmit(waiting);
    } else if (again) {
      again = false;
      keep();
    }
  }

  // Which quotes are chosen, and which are to go: sent along once, then shown as they are kept.
  function quotes() {
    const away = form.querySelectorAll("[name=without]:checked");
    return [...form.elements.quotes.files, ...away].map((one) => one.name + (one.size || one.value)).join("/");
  }

  function showQuotes(draft) {
    form.elements.quotes.value = "";
    form.querySelector("[data-quotes]").innerHTML = draft.quotes;
    form.querySelector("[data-unkept]").textContent = draft.unkept;
  }

  function settle(draft) {
    form.dataset.keep = draft.keep;
    form.action = draft.terms;
    if (!form.elements.version) {
      const version = document.createElement("input");
      version.type = "hidden";
      version.name = "version";
      form.append(version);
    }
    form.elements.version.value = draft.version;
    const moved = `intake:${draft.terms}`;
    const text = localStorage.getItem(place);
    if (moved !== place && text) localStorage.setItem(moved, text);
    if (moved !== place) localStorage.removeItem(place);
    place = moved;
    if (location.pathname !== draft.terms) history.replaceState(null, "", draft.terms);
  }

  function wait() {
    remember();
    clearTimeout(resting);
    resting = setTimeout(keep, 1500);
  }

  form.addEventListener("input", wait);
  form.addEventListener("change", wait);
  form.addEventListener("submit", (event) => {
    clearTimeout(resting);
    if (busy && !waiting) {
      event.preventDefault();
      waiting = event.submitter;
      return;
    }
    localStorage.removeItem(place);
  });
  // Not at once: who reloads in that moment gets a page from before, and what this device kept.
  addEventListener("online", wait);
  restore();
})();
