// The request form: a question is asked only when it applies. Without this script every question is simply there.
(function () {
  const form = document.querySelector("[data-intake]");
  if (!form) return;

  function adapt() {
    for (const part of form.querySelectorAll("[data-when]")) {
      const [name, values] = part.dataset.when.split("=");
      part.hidden = !values.split(",").includes(form.elements[name].value);
    }
  }

  form.addEventListener("change", adapt);
  adapt();
})();
