// One plot per metric; all share the place of the cursor. That of a state is in state-plot.js.

const margin = { left: 54, right: 12, top: 14, bottom: 22 };
/** More marks would hide one another. */
const mostMarks = 60;

class Plot {
  constructor(metric, series, page) {
    this.metric = metric;
    this.series = series;
    this.page = page;
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
    this.foot = element("div", { class: "panel-foot" }, this.summary);
    this.root = element(
      "figure",
      { class: "panel" },
      element("figcaption", { class: "panel-head" }, element("h3", { title: metric.description }, metric.name), this.value),
      this.svg,
      this.foot,
    );
    if (!metric.states) this.foot.append((this.limit = new LimitField(metric, page)).root);
    this.svg.addEventListener("pointermove", (event) => this.moved(event));
    this.svg.addEventListener("pointerdown", (event) => this.began(event));
    this.svg.addEventListener("pointerup", (event) => this.ended(event));
    this.svg.addEventListener("pointercancel", () => (this.drag = null));
    this.svg.addEventListener("pointerleave", () => this.drag || page.moveCursor(null));
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
    const limit = this.page.limits[this.metric.key];
    const reach = figures && limit !== undefined ? { least: Math.min(figures.least, limit), greatest: Math.max(figures.greatest, limit) } : figures;
    return new Scale(reach, margin.top, height - margin.bottom);
  }

  /** All values in a few words. */
  range(figures, scale) {
    if (!figures) return "no values";
    const [least, greatest, mean] = [figures.least, figures.greatest, figures.mean].map((value) => fixed(value, scale.decimals + 1));
    return `${least} to ${greatest}${unitBehind(this.metric)}, mean ${mean}`;
  }

  timeAt(event) {
    const box = this.svg.getBoundingClientRect();
    const share = (event.clientX - box.left - margin.left) / (box.width - margin.left - margin.right);
    const [from, to] = this.series.domain;
    return from + Math.max(0, Math.min(1, share)) * (to - from);
  }

  moved(event) {
    if (this.drag) {
      this.drag.to = this.timeAt(event);
      return this.draw(this.cursor ?? null);
    }
    return this.page.moveCursor(this.series.readings.length > 0 ? this.series.indexAt(this.timeAt(event)) : null);
  }

  /** With a mouse, dragging chooses a stretch; a finger moves the cursor. */
  began(event) {
    if (event.pointerType === "mouse" && event.button === 0) {
      this.svg.setPointerCapture(event.pointerId);
      const time = this.timeAt(event);
      this.drag = { from: time, to: time };
    } else this.moved(event);
  }

  ended() {
    const { drag } = this;
    this.drag = null;
    if (!drag) return;
    const [from, to] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
    const [begin, end] = this.series.domain;
    if (to - from > (end - begin) / 100) this.page.zoomTo(from, to);
    else this.draw(this.cursor ?? null);
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
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const middle = this.cursor === null ? null : this.series.readings[this.cursor]?.$time;
    if (event.key === "Escape") this.page.moveCursor(null);
    else if (event.key === "+" || event.key === "=") this.page.zoomBy(0.5, middle);
    else if (event.key === "-") this.page.zoomBy(2, middle);
    else if (event.key in places) this.page.moveCursor(Math.max(0, Math.min(last, places[event.key])));
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
    const scale = this.scale(figures, height);
    const [from, to] = this.series.domain;
    const x = (time) => margin.left + ((width - margin.left - margin.right) * (Math.max(from, Math.min(to, time)) - from)) / (to - from);
    const isEmpty = readings.length === 0;
    this.svg.replaceChildren(
      ...this.bands(x, height),
      ...this.grid(scale, width),
      ...(isEmpty ? [] : this.times(x, width, height)),
      ...(isEmpty ? [] : this.envelope(x, scale)),
      drawing("path", { class: "line", d: this.path((index) => x(readings[index].$time), scale) }),
      ...this.limitLine(scale, width),
      ...this.marks(x, scale, height),
      ...this.cursorAt(cursor, x, scale, height),
      ...this.selection(x, height),
      ...(isEmpty ? [drawing("text", { class: "empty", x: (margin.left + width - margin.right) / 2, y: height / 2, "text-anchor": "middle" }, this.page.emptyText())] : []),
    );
    this.describe(figures, scale, cursor);
  }

  bands(x, height) {
    const half = this.series.step / 2;
    const events = this.series.eventsOf(this.metric.key);
    // Many would shade the whole plot: a strip above it shows where they are.
    const isStrip = events.length > mostMarks;
    return events.map(({ type, from, to }) => {
      const [left, right] = [x(from - half), x(to + half)];
      const box = { x: left, y: margin.top - 8, width: Math.max(isStrip ? 1.5 : 3, right - left), height: isStrip ? 5 : height - margin.top - margin.bottom + 8 };
      return drawing("rect", { class: `${isStrip ? "strip" : "band"} t-${type}`, ...box });
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

  times(x, width, height) {
    return timeAxis(this.series.domain, x, width, height - margin.bottom);
  }

  /** What lies between the least and the greatest values of points that stand for several readings. */
  envelope(x, scale) {
    const { key } = this.metric;
    const parts = [];
    let part = [];
    for (const point of this.series.readings) {
      if (point.$low && point.$low[key] !== null) part.push(point);
      else if (part.length > 0) {
        parts.push(part);
        part = [];
      }
    }
    if (part.length > 0) parts.push(part);
    const place = ({ $time }, value) => `${x($time).toFixed(1)} ${scale.y(value).toFixed(1)}`;
    return parts.map((points) => {
      const upper = points.map((point) => place(point, point.$high[key]));
      const lower = points.toReversed().map((point) => place(point, point.$low[key]));
      return drawing("path", { class: "envelope", d: `M${upper.concat(lower).join("L")}Z` });
    });
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

  limitLine(scale, width) {
    const limit = this.page.limits[this.metric.key];
    if (limit === undefined) return [];
    const y = scale.y(limit);
    return [
      drawing("line", { class: "limit", x1: margin.left, x2: width - margin.right, y1: y, y2: y }),
      drawing("text", { class: "limit-text", x: width - margin.right, y: y - 4, "text-anchor": "end" }, `limit ${fixed(limit, (String(limit).split(".")[1] ?? "").length)}`),
    ];
  }

  /** One mark for each event: at its most distant value, or at the foot if it has none. */
  marks(x, scale, height) {
    const events = this.series.eventsOf(this.metric.key);
    if (events.length > mostMarks) return [];
    const { readings } = this.series;
    const mean = this.series.figures(this.metric.key)?.mean ?? 0;
    return events.map(({ type, from, to }) => {
      let place = null;
      for (let index = this.series.indexAt(from, true); index < readings.length && readings[index].$time <= to; index += 1) {
        const { $time, $low, $high } = readings[index];
        for (const value of [this.level(readings[index]), $low?.[this.metric.key], $high?.[this.metric.key]]) {
          if (typeof value === "number" && (place === null || Math.abs(value - mean) > Math.abs(place.value - mean))) place = { $time, value };
        }
      }
      const [px, py] = place ? [x(place.$time), scale.y(place.value)] : [x((from + to) / 2), height - margin.bottom - 8];
      return markShape(type, { transform: `translate(${px.toFixed(1)} ${py.toFixed(1)})`, "data-anomaly": type });
    });
  }

  cursorAt(cursor, x, scale, height) {
    const reading = this.series.readings[cursor];
    if (cursor === null || !reading) return [];
    const value = this.level(reading);
    const at = x(reading.$time);
    const line = drawing("line", { class: "cursor", x1: at, x2: at, y1: margin.top - 6, y2: height - margin.bottom });
    return value === null ? [line] : [line, drawing("circle", { class: "spot", cx: at, cy: scale.y(value), r: 4 })];
  }

  selection(x, height) {
    if (!this.drag) return [];
    const [left, right] = [x(Math.min(this.drag.from, this.drag.to)), x(Math.max(this.drag.from, this.drag.to))];
    return [drawing("rect", { class: "selection", x: left, y: margin.top - 8, width: right - left, height: height - margin.top - margin.bottom + 8 })];
  }

  describe(figures, scale, cursor) {
    const { readings } = this.series;
    const { key, name } = this.metric;
    const unit = unitBehind(this.metric);
    const reading = readings[cursor ?? readings.length - 1];
    this.limit?.show(this.page.limits[key], this.series);
    if (!reading) {
      this.value.replaceChildren("–");
      this.summary.textContent = this.page.emptyText();
      return;
    }
    const value = this.level(reading) === null ? "missing" : this.text(reading[key]);
    const reach = reading.$low && reading.$low[key] !== null && !this.metric.states ? ` (${this.text(reading.$low[key])} to ${this.text(reading.$high[key])})` : "";
    this.value.replaceChildren(value, element("small", {}, unit));
    const range = this.range(figures, scale);
    const number = this.series.eventsOf(key).reduce((total, event) => total + event.count, 0);
    const found = number === 1 ? "1 anomaly" : `${count(number)} anomalies`;
    const kind = reading.anomaly_type && this.touches(reading) ? `, ${labelName(reading.anomaly_type)}` : "";
    const text = cursor === null ? `${range}; ${found}` : `${reading.timestamp.slice(0, 19).replace("T", " ")} UTC${reach}${kind}`;
    if (this.summary.textContent !== text) this.summary.textContent = text;
    const spoken = `${reading.timestamp.slice(11, 19)}, ${value}${unit}${reach}${kind}`;
    for (const [attribute, content] of [
      ["aria-valuemin", 0],
      ["aria-valuemax", readings.length - 1],
      ["aria-valuenow", cursor ?? readings.length - 1],
      ["aria-valuetext", cursor === null ? `${name} now ${value}${unit}; ${range}; ${found}` : spoken],
    ]) this.svg.setAttribute(attribute, content);
  }

  /** Whether the anomaly of a reading touches this metric. */
  touches({ $time }) {
    const half = this.series.step / 2;
    return this.series.eventsOf(this.metric.key).some(({ from, to }) => from - half <= $time && $time <= to + half);
  }
}

/** Texts of round instants below a plot, and the marks that they belong to. */
function timeAxis([from, to], x, width, y) {
  return timeTicks(from, to, Math.floor((width - margin.left - margin.right) / 78)).flatMap(({ at, text }) => {
    const place = x(at);
    const anchor = place > width - margin.right - 24 ? "end" : place < margin.left + 20 ? "start" : "middle";
    return [
      drawing("line", { class: "tick", x1: place, x2: place, y1: y, y2: y + 4 }),
      drawing("text", { x: anchor === "end" ? Math.max(place, width - margin.right) : place, y: y + 17, "text-anchor": anchor }, text),
    ];
  });
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
