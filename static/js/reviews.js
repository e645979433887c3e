// Print, and fields that only one of the two outcomes needs. The room itself follows by htmx alone.
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
  document.addEventListener("htmx:afterSettle", all);
  all();
})();
