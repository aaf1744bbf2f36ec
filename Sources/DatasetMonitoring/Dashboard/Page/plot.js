// One plot per metric; all share the place of the cursor. That of a state is in state-plot.js.

const margin = { left: 54, right: 10, top: 12, bottom: 20 };

class Plot {
  constructor(metric, series, moveCursor) {
    this.metric = metric;
    this.series = series;
    this.moveCursor = moveCursor;
    this.value = element("span", { class: "value" });
    this.svg = drawing("svg", {
      class: "plot",
      id: `plot-${metric.key}`,
      role: "slider",
      tabindex: "0",
      "aria-label": `${metric.name} over time`,
      "aria-orientation": "horizontal",
    });
    this.summary = element("p", { class: "summary muted" });
    this.root = element(
      "figure",
      { class: "panel" },
      element("figcaption", { class: "panel-head" }, element("h3", { title: metric.description }, metric.name), this.value),
      this.svg,
      this.summary,
    );
    this.svg.addEventListener("pointermove", (event) => moveCursor(this.indexAt(event)));
    this.svg.addEventListener("pointerdown", (event) => moveCursor(this.indexAt(event)));
    this.svg.addEventListener("pointerleave", () => moveCursor(null));
    this.svg.addEventListener("keydown", (event) => this.pressed(event));
    new ResizeObserver(() => this.draw(this.cursor ?? null)).observe(this.svg);
  }

  /** The place of a reading on the scale; null where it has no value. */
  level(reading) {
    return reading[this.metric.key] ?? null;
  }

  /** A value as text. */
  text(value) {
    return fixed(value, this.series.decimals(this.metric.key));
  }

  scale(figures, height) {
    return new Scale(figures, margin.top, height - margin.bottom);
  }

  /** All values in a few words. */
  range(figures, scale) {
    if (!figures) return "no values";
    const [least, greatest, mean] = [figures.least, figures.greatest, figures.mean].map((value) => fixed(value, scale.decimals + 1));
    return `${least} to ${greatest}${unitBehind(this.metric)}, mean ${mean}`;
  }

  indexAt(event) {
    const box = this.svg.getBoundingClientRect();
    const share = (event.clientX - box.left - margin.left) / (box.width - margin.left - margin.right);
    const last = this.series.readings.length - 1;
    return last < 0 ? null : Math.max(0, Math.min(last, Math.round(share * last)));
  }

  pressed(event) {
    const last = this.series.readings.length - 1;
    const now = this.cursor ?? last;
    const places = {
      ArrowLeft: now - 1,
      ArrowDown: now - 1,
      ArrowRight: now + 1,
      ArrowUp: now + 1,
      PageDown: now - 10,
      PageUp: now + 10,
      Home: 0,
      End: last,
    };
    if (event.key === "Escape") this.moveCursor(null);
    else if (event.key in places) this.moveCursor(Math.max(0, Math.min(last, places[event.key])));
    else return;
    event.preventDefault();
  }

  draw(cursor) {
    this.cursor = cursor;
    const { readings } = this.series;
    const { width, height } = this.svg.getBoundingClientRect();
    if (width === 0) return;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const figures = this.series.figures(this.metric.key);
    const last = readings.length - 1;
    const scale = this.scale(figures, height);
    const x = (index) => margin.left + ((width - margin.left - margin.right) * index) / Math.max(1, last);
    this.svg.replaceChildren(
      ...this.bands(x, height),
      ...this.grid(scale, width),
      ...this.times(x, height, last),
      drawing("path", { class: "line", d: this.path(x, scale) }),
      ...this.marks(x, scale, height),
      ...this.cursorAt(cursor, x, scale, height),
    );
    this.describe(figures, scale, cursor);
  }

  bands(x, height) {
    return this.series.events.map(({ type, first, last }) => {
      const [from, to] = [x(Math.max(0, first - 0.5)), x(last + 0.5)];
      const box = { x: from, y: margin.top - 8, width: Math.max(3, to - from), height: height - margin.top - margin.bottom + 8 };
      return drawing("rect", { class: `band t-${type}`, ...box });
    });
  }

  grid(scale, width) {
    return scale.ticks.flatMap((tick) => {
      const y = scale.y(tick);
      return [
        drawing("line", { class: "grid", x1: margin.left, x2: width - margin.right, y1: y, y2: y }),
        drawing("text", { x: margin.left - 7, y: y + 4, "text-anchor": "end" }, scale.text(tick)),
      ];
    });
  }

  times(x, height, last) {
    if (last < 1) return [];
    const { readings } = this.series;
    const showsDay = readings[last].$time - readings[0].$time > 86_400_000;
    return [[0, "start"], [Math.round(last / 2), "middle"], [last, "end"]].map(([index, anchor]) =>
      drawing("text", { x: x(index), y: height - 4, "text-anchor": anchor }, clock(readings[index].$time, showsDay)),
    );
  }

  /** A line that is interrupted where values are missing. */
  path(x, scale) {
    let isDrawing = false;
    let path = "";
    this.series.readings.forEach((reading, index) => {
      const value = this.level(reading);
      if (value !== null) path += `${isDrawing ? "L" : "M"}${x(index).toFixed(1)} ${scale.y(value).toFixed(1)}`;
      isDrawing = value !== null;
    });
    return path;
  }

  /** One mark for each event: at its most distant value, or at the foot if it has none. */
  marks(x, scale, height) {
    const { readings, events } = this.series;
    const mean = this.series.figures(this.metric.key)?.mean ?? 0;
    return events.map(({ type, first, last }) => {
      let place = null;
      for (let index = first; index <= last; index += 1) {
        const value = this.level(readings[index]);
        if (value !== null && (place === null || Math.abs(value - mean) > Math.abs(place.value - mean))) place = { index, value };
      }
      const [px, py] = place ? [x(place.index), scale.y(place.value)] : [x((first + last) / 2), height - margin.bottom - 8];
      return markShape(type, { transform: `translate(${px.toFixed(1)} ${py.toFixed(1)})`, "data-anomaly": type });
    });
  }

  cursorAt(cursor, x, scale, height) {
    const reading = this.series.readings[cursor];
    if (cursor === null || !reading) return [];
    const value = this.level(reading);
    const line = drawing("line", { class: "cursor", x1: x(cursor), x2: x(cursor), y1: margin.top - 6, y2: height - margin.bottom });
    return value === null ? [line] : [line, drawing("circle", { class: "spot", cx: x(cursor), cy: scale.y(value), r: 4 })];
  }

  describe(figures, scale, cursor) {
    const { readings, events } = this.series;
    const { key, name } = this.metric;
    const unit = unitBehind(this.metric);
    const reading = readings[cursor ?? readings.length - 1];
    if (!reading) {
      this.value.replaceChildren("–");
      this.summary.textContent = "No readings yet";
      return;
    }
    const value = this.level(reading) === null ? "missing" : this.text(reading[key]);
    this.value.replaceChildren(value, element("small", {}, unit));
    const range = this.range(figures, scale);
    const found = events.length === 1 ? "1 anomaly" : `${events.length} anomalies`;
    const kind = reading.anomaly_type ? `, ${labelName(reading.anomaly_type)}` : "";
    const text = cursor === null ? `${range}; ${found}` : `${reading.timestamp.slice(0, 19).replace("T", " ")} UTC${kind}`;
    if (this.summary.textContent !== text) this.summary.textContent = text;
    const spoken = `${reading.timestamp.slice(11, 19)}, ${value}${unit}${kind}`;
    for (const [attribute, content] of [
      ["aria-valuemin", 0],
      ["aria-valuemax", readings.length - 1],
      ["aria-valuenow", cursor ?? readings.length - 1],
      ["aria-valuetext", cursor === null ? `${name} now ${value}${unit}; ${range}; ${found}` : spoken],
    ]) this.svg.setAttribute(attribute, content);
  }
}

/** Values to places, with ticks at round values. */
class Scale {
  constructor(figures, top, bottom) {
    const { least, greatest } = figures ?? { least: 0, greatest: 1 };
    const middle = (least + greatest) / 2;
    const half = Math.max((greatest - least) / 2, Math.abs(middle) * 1e-4, 1e-3) * 1.12;
    Object.assign(this, { low: middle - half, high: middle + half, top, bottom });
    const power = 10 ** Math.floor(Math.log10(2 * half));
    // The widest step that still gives three ticks.
    const step = [5, 2.5, 2, 1, 0.5, 0.25, 0.2, 0.1].map((factor) => factor * power).find((size) => this.count(size) >= 3);
    this.decimals = (String(Number(step.toPrecision(6))).split(".")[1] ?? "").length;
    this.ticks = [];
    if (!figures) return;
    for (let tick = Math.ceil(this.low / step) * step; tick <= this.high; tick += step) this.ticks.push(tick);
  }

  count(step) {
    return Math.floor(this.high / step) - Math.ceil(this.low / step) + 1;
  }

  y(value) {
    return this.bottom - ((value - this.low) / (this.high - this.low)) * (this.bottom - this.top);
  }

  text(tick) {
    return fixed(tick, this.decimals);
  }
}
