// The line form: asks only what the answers so far make sense of; each share follows the other, a side's own line is its
// own, and the twelve months say what they add up to.
// Every rule is checked again by the server; nothing here decides anything.

for (const form of document.querySelectorAll("[data-line-form]")) {
  const field = (name) => form.elements.namedItem(name);
  const months = Array.from({ length: 12 }, (_, row) => field(`month_${row}`));
  const sum = form.querySelector("[data-sum]");

  // Amounts are counted in thousandths, so that 0.1 + 0.2 is 0.3 here too.
  const thousandths = (text) => {
    const plain = text.replace(/[,\s\u00a0]/g, "");
    const found = /^(\d+)(?:\.(\d{1,3}))?$/.exec(plain);
    return found ? BigInt(found[1]) * 1000n + BigInt((found[2] || "").padEnd(3, "0")) : 0n;
  };
  const words = (amount) => `${amount / 1000n}.${String(amount % 1000n).padStart(3, "0").slice(0, 2)}`;

  const tell = () => {
    const whole = months.reduce((total, month) => total + thousandths(month.value), 0n);
    sum.textContent = `${sum.dataset.says} ${words(whole)} ${field("currency").value}`;
  };
  const fold = () => {
    for (const part of form.querySelectorAll("[data-for-spread]")) {
      part.hidden = !part.dataset.forSpread.split(" ").includes(field("spread").value);
    }
    const foreign = field("currency").value !== form.dataset.currency;
    for (const part of form.querySelectorAll("[data-for-currency]")) part.hidden = !foreign;
    for (const part of form.querySelectorAll("[data-for-kpi]")) part.hidden = !field("kpi").value;
    sum.hidden = field("spread").value !== "months";
  };
  // What people cost is the total: it is not asked twice.
  const people = form.querySelector("[data-people]");
  const costed = () => {
    const filled = [...people.querySelectorAll("[name=people_rate]")].some((rate) => rate.value.trim());
    form.querySelector("[data-own-money]").hidden = filled;
    for (const part of form.querySelectorAll("[data-for-spread]")) part.classList.toggle("d-none", filled);
  };
  const other = { marketing_share: "technology_share", technology_share: "marketing_share" };
  const hundredths = (text) => Math.round(Number(text || 0) * 1e6);

  for (const [mine, theirs] of Object.entries(other)) {
    field(mine).addEventListener("input", () => {
      const share = hundredths(field(mine).value);
      if (share >= 0 && share <= 1e8) field(theirs).value = String((1e8 - share) / 1e6);
    });
  }
  field("side").addEventListener("change", () => {
    const usual = { marketing: ["100", "0"], technology: ["0", "100"], joint: ["50", "50"] }[field("side").value];
    [field("marketing_share").value, field("technology_share").value] = usual;
  });
  for (const name of ["spread", "currency", "kpi"]) field(name).addEventListener("change", fold);
  field("currency").addEventListener("change", tell);
  for (const month of months) month.addEventListener("input", tell);
  fold();
  tell();
  if (people) {
    people.addEventListener("input", costed);
    costed();
  }
}
