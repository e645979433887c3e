// Draws what planning/shared/charts.py describes. The library is fetched only on pages that have something to draw;
// the table below each chart says the same, so the drawing itself is hidden from screen readers.
(function () {
  const drawn = new Map();
  let library;

  function load(address) {
    library ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => resolve(window.echarts);
      script.onerror = reject;
      document.head.append(script);
    });
    return library;
  }

  // ── Colours come from the page's own tokens, so a chart follows the theme ──
  // Read from <head>, which has the tokens and shows nothing: an element put into the page to read them from would have
  // the style of all others worked out again, for each chart.
  const own = ["ink", "rule", "surface", "marketing", "technology", "achieved", "green", "amber", "red", "unknown"];
  const tokens = [["soft", "ink-soft"], ["faint", "ink-faint"], ...own.map((name) => [name, name])];
  function colour(token) {
    document.head.style.color = `var(--${token})`;
    return getComputedStyle(document.head).color;
  }
  const palette = () => Object.fromEntries(tokens.map(([name, token]) => [name, colour(token)]));

  const number = (text) => (text === null ? null : Number(text));
  const digits = new Intl.NumberFormat(document.documentElement.lang || "en", { maximumFractionDigits: 2 });
  // 1200000 → "1.2 m", in the words that the server uses in the text around the chart.
  function compact(value, words) {
    const step = Math.min(Math.floor(Math.log10(Math.max(Math.abs(value), 1)) / 3), words.length);
    return step ? `${digits.format(value / 1000 ** step)}\u00a0${words[step - 1]}` : digits.format(value);
  }
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  // ── What all kinds share ──
  function base(facts, tones) {
    return {
      animation: !still,
      animationDuration: 250,
      aria: { enabled: true, decal: { show: facts.kind === "bars" && facts.series.length > 1 } },
      textStyle: { fontFamily: "Inter Variable, system-ui, sans-serif", color: tones.ink },
      grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 22, itemHeight: 10, type: "scroll", textStyle: { color: tones.soft } },
      tooltip: {
        renderMode: "richText",
        backgroundColor: tones.surface,
        borderColor: tones.rule,
        textStyle: { color: tones.ink, fontSize: 12 },
        confine: true,
      },
    };
  }
  function valueAxis(facts, tones) {
    const suffix = facts.unit === "%" ? "%" : "";
    return {
      type: "value",
      axisLabel: { color: tones.faint, hideOverlap: true, formatter: (value) => compact(value, facts.thousands) + suffix },
      splitLine: { lineStyle: { color: tones.rule } },
    };
  }
  function wordAxis(words, tones) {
    return {
      type: "category",
      data: words,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: tones.rule } },
      axisLabel: { color: tones.soft, hideOverlap: true, overflow: "truncate", width: 140 },
    };
  }
  const line = (marker, name, words) => `${marker || ""}${name}  ${words}`;

  // ── Kinds ──
  const kinds = {
    bars(facts, tones) {
      const words = wordAxis(facts.categories, tones);
      const values = valueAxis(facts, tones);
      return {
        ...base(facts, tones),
        ...(facts.sideways ? { xAxis: values, yAxis: { ...words, inverse: true } } : { xAxis: words, yAxis: values }),
        tooltip: {
          ...base(facts, tones).tooltip,
          trigger: "axis",
          axisPointer: { type: "shadow" },
          formatter: (items) =>
            [items[0].axisValue, ...items.map((item) => line("", item.seriesName, facts.series[item.seriesIndex].words[item.dataIndex]))].join("\n"),
        },
        series: facts.series.map((one) => ({
          type: "bar",
          name: one.name,
          stack: one.stack || undefined,
          data: one.values.map(number),
          barMaxWidth: 34,
          barGap: "12%",
          itemStyle: { color: tones[one.tone] || tones.ink, borderRadius: one.stack ? 0 : 2 },
        })),
      };
    },

    line(facts, tones) {
      const options = base(facts, tones);
      const series = facts.tracks.map((track) => ({
        type: "line",
        name: track.name,
        step: track.step ? "end" : false,
        symbol: ["dashed", "dotted"].includes(track.style) ? "none" : "circle",
        symbolSize: 9,
        lineStyle: { width: track.style === "points" ? 0 : 2.5, type: track.style === "points" ? "solid" : track.style },
        itemStyle: { color: tones[track.tone] || tones.ink },
        connectNulls: true,
        data: track.points.map(([on, value, words, hollow, word]) => ({
          value: [on, number(value)],
          words: word ? `${words} (${word})` : words,
          itemStyle: hollow ? { color: tones.surface, borderColor: tones[track.tone] || tones.ink, borderWidth: 2.5 } : undefined,
        })),
      }));
      if (facts.band.length) series.unshift(...band(facts, tones));
      if (facts.today && series.length) {
        series[series.length - 1].markLine = {
          symbol: "none",
          silent: true,
          lineStyle: { color: tones.faint, type: "dotted", width: 1.5 },
          label: { formatter: facts.todayWord, color: tones.faint, position: "insideEndTop" },
          data: [{ xAxis: facts.today }],
        };
      }
      return {
        ...options,
        legend: { ...options.legend, data: signs(facts, tones) },
        tooltip: { ...options.tooltip, trigger: "axis", formatter: (items) => spoken(items) },
        xAxis: {
          type: "time",
          axisLabel: { color: tones.faint, hideOverlap: true },
          axisLine: { lineStyle: { color: tones.rule } },
          splitLine: { show: false },
        },
        yAxis: { ...valueAxis(facts, tones), scale: true },
        series,
      };
    },

    waterfall(facts, tones) {
      const ends = facts.steps.map((step) => [number(step.from), number(step.to)]);
      const floor = ground(ends, facts.steps);
      const low = ends.map(([from, to], at) => (facts.steps[at].total ? floor : Math.min(from, to)));
      const look = (step) => (step.total ? tones.ink : number(step.to) >= number(step.from) ? tones.soft : tones.faint);
      const options = base(facts, tones);
      return {
        ...options,
        legend: { show: false },
        grid: { ...options.grid, top: 24 },
        tooltip: { ...options.tooltip, trigger: "item", formatter: (item) => line("", facts.steps[item.dataIndex].label, facts.steps[item.dataIndex].word) },
        xAxis: wordAxis(facts.steps.map((step) => step.label), tones),
        yAxis: { ...valueAxis(facts, tones), min: floor },
        series: [
          { type: "bar", stack: "steps", silent: true, itemStyle: { color: "transparent" }, data: low },
          {
            type: "bar",
            stack: "steps",
            barMaxWidth: 56,
            data: ends.map(([from, to], at) => ({
              value: facts.steps[at].total ? to - floor : Math.abs(to - from),
              itemStyle: { color: look(facts.steps[at]), borderRadius: 2 },
            })),
            label: { show: true, position: "top", color: tones.ink, formatter: (item) => facts.steps[item.dataIndex].short },
          },
        ],
      };
    },
  };

  // Small steps between large totals would not be seen from zero: then the axis starts below the lowest of them, and its
  // figures say so.
  function ground(ends, steps) {
    const reached = ends.flatMap(([from, to], at) => (steps[at].total ? [to] : [from, to]));
    const [lowest, highest] = [Math.min(...reached), Math.max(...reached)];
    if (lowest <= 0 || highest - lowest > 0.4 * highest) return Math.min(0, lowest);
    const unit = 10 ** Math.floor(Math.log10(highest - lowest || 1));
    return Math.floor((lowest - (highest - lowest)) / unit) * unit;
  }

  // The band is two stacked areas: an unseen one up to the low bound, a washed one of its height.
  function band(facts, tones) {
    const shared = { type: "line", stack: "band", symbol: "none", silent: true, lineStyle: { opacity: 0 }, stackStrategy: "all" };
    return [
      { ...shared, name: "", data: facts.band.map(([on, low]) => [on, number(low)]) },
      {
        ...shared,
        name: facts.bandName,
        itemStyle: { color: tones.faint },
        areaStyle: { color: tones.faint, opacity: 0.2 },
        data: facts.band.map(([on, low, high, words]) => ({ value: [on, number(high) - number(low)], words })),
      },
    ];
  }
  // The legend shows what the picture does: a ring for rings, a dash for dashes, a patch for the band.
  function signs(facts, tones) {
    const ring = (tone) => ({ color: tones.surface, borderColor: tones[tone], borderWidth: 2 });
    const mark = ({ style, tone }) => (style === "points" ? ring(tone) : style === "solid" ? {} : { opacity: 0 });
    const tracks = facts.tracks.map((track) => ({ name: track.name, itemStyle: mark(track) }));
    return facts.band.length ? [...tracks, { name: facts.bandName, icon: "rect", itemStyle: { opacity: 0.3 } }] : tracks;
  }
  function spoken(items) {
    const day = new Date(items[0].axisValue).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "short", year: "numeric" });
    const said = items.filter((item) => item.data?.words).map((item) => line("", item.seriesName, item.data.words));
    return [day, ...said].join("\n");
  }

  // ── Drawing, and drawing again ──
  async function draw(canvas) {
    const facts = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
    const echarts = await load(canvas.dataset.library);
    if (!canvas.isConnected) return;
    const chart = drawn.get(canvas) ?? echarts.init(canvas, null, { renderer: "svg" });
    drawn.set(canvas, chart);
    chart.setOption(kinds[facts.kind](facts, palette()), true);
    sizes.observe(canvas);
  }
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) drawn.get(target)?.resize();
  });
  function drawAll(root) {
    for (const canvas of root.querySelectorAll("[data-chart]")) if (!drawn.has(canvas)) draw(canvas);
  }
  function drawAgain() {
    for (const [canvas, chart] of drawn) {
      if (canvas.isConnected) draw(canvas);
      else {
        chart.dispose();
        drawn.delete(canvas);
      }
    }
  }

  document.addEventListener("DOMContentLoaded", () => drawAll(document));
  document.addEventListener("htmx:afterSettle", (event) => drawAll(event.target));
  document.addEventListener("theme:change", drawAgain);
  window.addEventListener("beforeprint", () => {
    for (const chart of drawn.values()) chart.resize();
  });
})();
