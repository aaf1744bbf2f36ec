// The anomaly types: their names and their marks, which differ in shape as well as in colour.

const labels = {
  spike: { name: "Spike", shape: "M0 -5 L4.6 3.4 H-4.6 Z" },
  trend: { name: "Trend", shape: "M0 -5 L4.4 0 L0 5 L-4.4 0 Z" },
  pattern: { name: "Pattern", shape: "M-3.7 -3.7 H3.7 V3.7 H-3.7 Z" },
  missing_data: { name: "Missing data", shape: "M-4 -4 L4 4 M4 -4 L-4 4" },
  noise: { name: "Noise", shape: "M-4 0 A4 4 0 1 0 4 0 A4 4 0 1 0 -4 0 Z" },
};

const labelName = (type) => labels[type]?.name ?? type;

function markShape(type, attributes = {}) {
  const isCross = type === "missing_data";
  return drawing("path", {
    d: labels[type]?.shape ?? labels.noise.shape,
    class: `t-${type}`,
    ...(isCross ? { "stroke-width": 2.2 } : { "stroke-width": 0 }),
    ...attributes,
  });
}

/** A mark beside a text. */
function mark(type) {
  return drawing("svg", { class: "mark", viewBox: "-6 -6 12 12", "aria-hidden": "true" }, markShape(type));
}

function tag(type) {
  return element("span", { class: "tag" }, mark(type), labelName(type));
}
