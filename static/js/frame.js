// The frame: menus that close, dialogs that open, words when the network fails. Everything works as a link without it.
(function () {
  const menus = "details.menu[open]";

  // ── Menus: one open at a time, closed by Escape or a click elsewhere ──
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(menus)) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll(menus)) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // ── "/" goes to the search box ──
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    const box = document.getElementById("search");
    if (event.key === "/" && !typing && box) {
      event.preventDefault();
      box.focus();
    }
  });

  // ── Dialogs: <button data-open="id"> opens <dialog id="id">; [data-close] or the backdrop closes it ──
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) {
      event.preventDefault();
      document.getElementById(opener.dataset.open).showModal();
      return;
    }
    const closed = event.target.closest("[data-close]")?.closest("dialog, .notice");
    if (closed?.matches("dialog")) closed.close();
    else closed?.remove();
    if (event.target.tagName === "DIALOG") event.target.close();
  });

  // ── A form is sent once: the button that was pressed says so and rests ──
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.method !== "post" || form.dataset.sent) {
      if (form.dataset.sent) event.preventDefault();
      return;
    }
    if (form.matches("[hx-post], [data-again]")) return;
    form.dataset.sent = "yes";
    event.submitter?.classList.add("is-working");
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      form.querySelector(".is-working")?.classList.remove("is-working");
    }
  });

  // ── Controls that act as soon as they change: <select data-submits> ──
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
  });

  // ── Paper shows what a closed part hides ──
  window.addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll("details[data-print]:not([open])")) {
      part.open = true;
      part.dataset.opened = "yes";
    }
  });
  window.addEventListener("afterprint", () => {
    for (const part of document.querySelectorAll("details[data-opened]")) {
      part.open = false;
      delete part.dataset.opened;
    }
  });

  // ── Words when a living part cannot be fetched ──
  function say(sentence) {
    const template = document.getElementById("trouble");
    const box = document.getElementById("messages");
    if (!template || !box) return;
    const notice = template.content.cloneNode(true);
    notice.querySelector("[data-sentence]").textContent = sentence;
    box.replaceChildren(notice);
  }
  document.addEventListener("htmx:sendError", (event) => {
    if (!event.target.closest("[data-quiet]")) say(document.getElementById("trouble").dataset.offline);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    // Signed out meanwhile: the answer is the sign-in page, which belongs in the window, not in a part of it.
    if (event.detail.xhr.responseURL.includes("/accounts/login/")) {
      event.detail.shouldSwap = false;
      location.reload();
    }
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    // Somebody types where the answer would put what was sent before: it is asked for again when they leave the field.
    const field = document.activeElement, { formData: sent, elt: asks } = event.detail.requestConfig;
    if (field?.name && event.detail.target.contains(field) && sent?.has(field.name) && sent.get(field.name) !== field.value) {
      event.detail.shouldSwap = false;
      field.addEventListener("blur", () => htmx.trigger(asks, "change"), { once: true });
    }
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (event.target.closest("[data-quiet]")) return;
    say(document.getElementById("trouble").dataset.failed);
  });
})();
