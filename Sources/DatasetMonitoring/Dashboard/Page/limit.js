// A limit that somebody sets for a metric: a line in its plot, and how often it is crossed.

class LimitField {
  constructor(metric, page) {
    const { key, name } = metric;
    this.input = element("input", { type: "number", step: "any", id: `limit-${key}`, placeholder: "none", "aria-label": `Limit of ${name}${unitBehind(metric)}` });
    this.said = element("span", { class: "crossings" });
    this.root = element("div", { class: "limit-field" }, element("label", { for: `limit-${key}` }, "Limit"), this.input, this.said);
    this.input.addEventListener("change", () => {
      page.setLimit(key, this.input.value.trim() === "" || !Number.isFinite(this.input.valueAsNumber) ? null : this.input.valueAsNumber);
    });
    this.key = key;
  }

  show(limit, series) {
    if (document.activeElement !== this.input && this.input.value !== String(limit ?? "")) this.input.value = limit ?? "";
    let text = "";
    if (limit !== undefined && series.readings.length > 0) {
      const { crossings, share } = series.crossings(this.key, limit);
      const times = crossings === 1 ? "once" : `${count(crossings)} times`;
      text = `risen above ${times}${series.readings[0].$low ? " at least" : ""}, ${percent(share)} of the time`;
    }
    if (this.said.textContent !== text) this.said.textContent = text;
  }
}
