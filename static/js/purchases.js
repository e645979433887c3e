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
        for (const input of part.querySelectorAll("input, select")) input.hidden = !shown;
      } else {
        part.hidden = !shown;
      }
    }
  }

  document.addEventListener("change", adapt);
  adapt();
})();
