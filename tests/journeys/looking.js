// Called with a theme and axe's tags: what axe finds on this page in that theme, one sentence each.
// Contrast is the costly part, and depends on letters and what lies behind them alone: what looks the same as letters
// that this browser showed before, on any page, is not measured again.
async ([theme, tags]) => {
  document.documentElement.setAttribute("data-bs-theme", theme);
  document.getAnimations().forEach((one) => one.finish());

  const known = `looked at in ${theme}`;
  const seen = new Set(JSON.parse(sessionStorage.getItem(known) ?? "[]"));
  const behind = new Map([[null, ""]]);
  const ground = (one) => {
    if (!behind.has(one)) {
      const { backgroundColor, backgroundImage, opacity, position, filter } = getComputedStyle(one);
      const plain = backgroundColor === "rgba(0, 0, 0, 0)" && backgroundImage === "none" && opacity === "1";
      const own = plain && filter === "none" && ["static", "relative"].includes(position);
      const layer = own ? "" : [one.className, backgroundColor, backgroundImage, opacity, position, filter].join();
      behind.set(one, `${layer}/${ground(one.parentElement)}`.replace(/\/+/g, "/"));
    }
    return behind.get(one);
  };
  const look = (one) => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(one);
    const idle = one.closest(":disabled, [aria-disabled=true]") !== null;
    return [one.tagName, one.className, color, fontSize, fontWeight, textShadow, idle, ground(one)].join();
  };
  const speaks = (one) =>
    one.matches("input, select, textarea") ||
    [...one.childNodes].some((part) => part.nodeType === Node.TEXT_NODE && part.data.trim());
  const fresh = [...document.body.querySelectorAll("*")].filter((one) => {
    if (!speaks(one) || !one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const looks = look(one);
    return !seen.has(looks) && seen.add(looks);
  });
  sessionStorage.setItem(known, JSON.stringify([...seen]));

  const quick = { resultTypes: ["violations"], preload: false, iframes: false };
  const asked = [];
  if (tags.length)
    asked.push(() => axe.run({ ...quick, runOnly: tags, rules: { "color-contrast": { enabled: false } } }));
  if (fresh.length) asked.push(() => axe.run({ include: fresh }, { ...quick, runOnly: ["color-contrast"] }));
  const found = [];
  for (const ask of asked) found.push(...(await ask()).violations);
  return found.flatMap(({ id, help, nodes }) =>
    nodes.slice(0, 3).map(({ html }) => `${theme}: ${id}: ${help} → ${html.slice(0, 160)}`),
  );
};
