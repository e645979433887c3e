// The definition form: only the fields of the chosen direction, and as many targets as are wanted.
(function () {
  const form = document.querySelector(".kpi-form");
  if (!form) return;

  function show() {
    const band = form.elements.direction.value === "band";
    for (const part of form.querySelectorAll("[data-when]")) part.hidden = (part.dataset.when === "band") !== band;
  }
  form.addEventListener("change", show);
  show();

  const rows = form.querySelector("[data-rows]");
  const blank = form.querySelector("[data-row]");
  const total = form.elements["targets-TOTAL_FORMS"];
  form.querySelector("[data-add-row]").addEventListener("click", () => {
    rows.insertAdjacentHTML("beforeend", blank.innerHTML.replaceAll("__prefix__", total.value));
    total.value = Number(total.value) + 1;
    rows.lastElementChild.querySelector("input").focus();
  });
})();
