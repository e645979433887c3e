// Amounts are exact: text on the wire, whole thousandths in sums, the reader's language on the screen.
window.gridAmounts = function (language, digits) {
  const parts = new Intl.NumberFormat(language).formatToParts(1234567.8);
  const mark = (type, usual) => parts.find((part) => part.type === type)?.value || usual;
  const group = mark("group", ","), decimal = mark("decimal", ".");
  const quoted = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const spaces = /[\s\u00a0\u202f]/g;
  const grouped = new RegExp(`^-?\\d{1,3}(${quoted(group)}\\d{3})+(${quoted(decimal)}\\d+)?$`);
  const formats = [0, digits].map(
    (places) => new Intl.NumberFormat(language, { minimumFractionDigits: places, maximumFractionDigits: places })
  );

  // "1234.5" → 1234500n; null when it is no amount
  const units = (text) => {
    const found = /^(-?)(\d+)(?:\.(\d{1,3}))?$/.exec(text);
    if (!found) return null;
    const whole = BigInt(found[2]) * 1000n + BigInt((found[3] || "").padEnd(3, "0"));
    return found[1] ? -whole : whole;
  };
  // 1234500n → "1234.5"
  const text = (amount) => {
    const size = amount < 0n ? -amount : amount;
    const rest = String(size % 1000n).padStart(3, "0").replace(/0+$/, "");
    return `${amount < 0n ? "-" : ""}${size / 1000n}${rest ? "." + rest : ""}`;
  };
  const sum = (texts) => text(texts.reduce((whole, one) => whole + (units(one) ?? 0n), 0n));

  // What a person typed or pasted, as plain text; what is no amount stays as it is, for the server to refuse.
  const typed = (raw) => {
    let found = raw.replace(spaces, "").replace(/^([^\d(-]{1,3})(?=[\d(-])|(?<=[\d)])([^\d)]{1,3})$/g, "");
    if (/^\(.*\)$/.test(found)) found = "-" + found.slice(1, -1);
    if (group.trim() === "" ? true : grouped.test(found)) found = found.split(group).join("");
    if (decimal !== ".") found = found.replace(decimal, ".");
    if (found === "" && raw.trim() === "") return "0";
    return units(found) === null ? raw.trim() : text(units(found));
  };
  // Two spellings of an amount that it is shown in: whole, or with all its digits.
  const shown = (plain, whole) => (units(plain) === null ? plain : formats[whole ? 0 : 1].format(plain));
  const local = (plain) => plain.replace(".", decimal);
  return { units, text, sum, typed, shown, local };
};
