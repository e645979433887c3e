// Called with a theme, axe's tags and whether charts are looked into: what axe finds on this page in that theme, one
// sentence each.
// Contrast is the costly part, and depends on letters and what lies behind them alone: what looks the same as letters
// that this browser showed before, on any page, is not measured again.
async ([theme, tags, pictures]) => {
  document.documentElement.setAttribute("data-bs-theme", theme);
  document.getAnimations().forEach((one) => one.finish());

  const drawn = pictures ? [] : [...document.querySelectorAll("[data-chart]")].map((one) => [one, [...one.childNodes]]);
  drawn.forEach(([one]) => one.replaceChildren());

  const known = `looked at in ${theme}`;
  const seen = new Set(JSON.parse(sessionStorage.getItem(known) ?? "[]"));
  const behind = new Map([[null, ""]]);
  const ground = (one) => {
    if (!behind.has(one)) {
      const { backgroundColor, backgroundImage, opacity, position, filter } = getComputedStyle(one);
      const plain = backgroundColor === "rgba(0, 0, 0, 0)" && backgroundImage === "none" && opacity === "1";
      const own = plain && filter === "none" && ["static", "relative"].includes(position);
      const layer = own ? "" : [backgroundColor, backgroundImage, opacity, position, filter].join();
      behind.set(one, `${layer}/${ground(one.parentElement)}`.replace(/\/+/g, "/"));
    }
    return behind.get(one);
  };
  const look = (one) => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(one);
    const idle = one.closest(":disabled, [aria-disabled=true]") !== null;
    return [color, fontSize, fontWeight, textShadow, idle, ground(one)].join();
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

  fresh.forEach((one) => one.setAttribute("data-fresh", ""));
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-fresh]" }] });
  const contrast = { "color-contrast": { enabled: fresh.length > 0 } };
  const asked = tags.length ? { runOnly: tags, rules: contrast } : { runOnly: ["color-contrast"], rules: contrast };
  const quick = { resultTypes: ["violations"], preload: false, iframes: false };
  // The frame around a page is the same on all: it is looked into where this browser sees it first.
  const frames = [...document.querySelectorAll(".rail, .topbar, .bottombar")];
  const exclude = sessionStorage.getItem(`framed in ${theme}`) ? frames : [];
  if (frames.length) sessionStorage.setItem(`framed in ${theme}`, "yes");
  const found = tags.length || fresh.length ? (await axe.run({ exclude }, { ...quick, ...asked })).violations : [];
  fresh.forEach((one) => one.removeAttribute("data-fresh"));
  drawn.forEach(([one, parts]) => one.replaceChildren(...parts));
  return found.flatMap(({ id, help, nodes }) =>
    nodes.slice(0, 3).map(({ html }) => `${theme}: ${id}: ${help} → ${html.slice(0, 160)}`),
  );
};
