// The whole fleet: who is anomalous now, how a metric is spread over the sensors, and all of them in time.

const fleetColumns = 120;
const fleetSpans = { "10m": 600, "30m": 1800, "2h": 7200, "12h": 43200, "1d": 86400, "7d": 604800 };
/** From the least to the greatest value, readable on light and on dark. */
const valueRamp = [[38, 30, 84], [43, 80, 132], [33, 131, 138], [84, 178, 118], [198, 214, 92], [252, 240, 160]];
const listedSensors = 200;

class FleetView {
  constructor(choose, changed) {
    this.choose = choose;
    this.changed = changed;
    this.metric = null;
    this.span = "10m";
    this.colour = "values";
    this.metrics = [];
    this.isSeen = false;
    this.order = { key: "sensor_id", isRising: true };
    this.cell = null;
    this.clear();
    this.bands = byId("fleet-bands");
    this.map = byId("fleet-map");
    byId("fleet-metric").addEventListener("change", (event) => this.take({ metric: event.target.value }));
    byId("fleet-span").addEventListener("change", (event) => this.take({ span: event.target.value }));
    for (const button of document.querySelectorAll("#fleet-colour button")) {
      button.addEventListener("click", () => {
        this.colour = button.value;
        this.drawMap();
      });
    }
    for (const button of document.querySelectorAll("#fleet-list th button")) button.addEventListener("click", () => this.sort(button.value));
    for (const plot of [this.bands, this.map]) {
      plot.addEventListener("pointermove", (event) => this.moved(event));
      plot.addEventListener("pointerleave", () => this.point(null));
      plot.addEventListener("keydown", (event) => this.pressed(event));
    }
    this.map.addEventListener("click", (event) => {
      this.moved(event);
      this.open();
    });
    byId("fleet-list").addEventListener("click", (event) => {
      const anchor = event.target.closest("tbody a");
      if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      choose(anchor.textContent);
    });
    new ResizeObserver(() => this.draw()).observe(this.bands);
    // What nobody sees is not asked for.
    new IntersectionObserver(([entry]) => {
      this.isSeen = entry.isIntersecting;
      if (this.isSeen) this.changed();
    }).observe(byId("fleet"));
  }

  clear() {
    this.columns = new Map();
    this.answer = null;
    this.askedAt = 0;
  }

  get step() {
    return fleetSpans[this.span] / fleetColumns;
  }

  get isDue() {
    const pause = this.answer?.pending > 0 ? 0 : Math.min(10, Math.max(2, this.step)) * 1000;
    return this.isSeen && !byId("fleet").hidden && Date.now() - this.askedAt >= pause - 100;
  }

  take(change) {
    Object.assign(this, change);
    this.clear();
    this.draw();
    this.changed(true);
  }

  /** The metrics that are numbers, which the fleet can be looked at by. */
  offer(metrics) {
    this.metrics = metrics.filter(({ states }) => !states);
    const known = this.metrics.some(({ key }) => key === this.metric);
    if (!known) this.metric = this.metrics[0]?.key ?? null;
    byId("fleet-metric").replaceChildren(...this.metrics.map(({ key, name, unit }) => element("option", { value: key }, name + unitBehind({ unit }, ", "))));
    byId("fleet-metric").value = this.metric;
    byId("fleet-metric-field").hidden = this.metrics.length < 2;
    if (this.metrics.length === 0) this.colour = "anomalies";
  }

  async ask() {
    const { metric, span } = this;
    const parameters = new URLSearchParams({ step: this.step, columns: fleetColumns, limit: listedSensors });
    if (metric !== null) parameters.set("metric", metric);
    const newest = Math.max(...this.columns.keys());
    if (this.answer && this.answer.pending === 0 && Number.isFinite(newest)) parameters.set("since", new Date(newest).toISOString());
    const answer = await client.get(`fleet?${parameters}`);
    // Another metric may have been chosen meanwhile.
    if (metric !== this.metric || span !== this.span) return;
    if (this.answer && this.answer.sensors !== answer.sensors) this.columns.clear();
    this.askedAt = Date.now();
    this.answer = answer;
    for (const column of answer.columns) this.columns.set(instant(column.time), column);
    const begin = Math.max(...this.columns.keys()) - (fleetColumns - 1) * this.step * 1000;
    for (const time of this.columns.keys()) if (time < begin) this.columns.delete(time);
    this.draw();
  }

  get domain() {
    const end = Math.max(...this.columns.keys());
    return Number.isFinite(end) ? [end - (fleetColumns - 1) * this.step * 1000, end] : [0, 1];
  }

  /** The columns in order of time. */
  get sorted() {
    return [...this.columns].sort(([first], [second]) => first - second);
  }

  draw() {
    byId("fleet-span").value = this.span;
    const metric = this.metrics.find(({ key }) => key === this.metric);
    byId("fleet-bands-title").textContent = metric ? `${metric.name}${unitBehind(metric, ", ")}` : "No metric is a number";
    this.drawBands();
    this.drawMap();
    this.drawNow();
  }

  x(width) {
    const [from, to] = this.domain;
    return (time) => margin.left + ((width - margin.left - margin.right) * (time - from)) / (to - from);
  }

  drawBands() {
    const { width, height } = this.bands.getBoundingClientRect();
    if (width === 0) return;
    this.bands.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const known = this.sorted.filter(([, { percentiles }]) => percentiles);
    const empty = () => drawing("text", { class: "empty", x: width / 2, y: height / 2, "text-anchor": "middle" }, this.answer ? "No values yet" : "Asking…");
    if (known.length === 0) return this.bands.replaceChildren(empty());
    const all = known.flatMap(([, { percentiles }]) => percentiles);
    const scale = new Scale({ least: Math.min(...all), greatest: Math.max(...all) }, margin.top, height - margin.bottom);
    this.scale = scale;
    const x = this.x(width);
    const runs = this.runs(known);
    const area = (low, high, name) =>
      runs.map((run) => {
        const place = (at) => ([time, { percentiles }]) => `${x(time).toFixed(1)} ${scale.y(percentiles[at]).toFixed(1)}`;
        return drawing("path", { class: name, d: `M${[...run.map(place(high)), ...run.toReversed().map(place(low))].join("L")}Z` });
      });
    const middle = runs.map((run) => drawing("path", { class: "line", d: `M${run.map(([time, { percentiles }]) => `${x(time).toFixed(1)} ${scale.y(percentiles[2]).toFixed(1)}`).join("L")}` }));
    const cursor = this.cell ? [drawing("line", { class: "cursor", x1: x(this.cell.time), x2: x(this.cell.time), y1: margin.top - 6, y2: height - margin.bottom })] : [];
    this.bands.replaceChildren(
      ...Plot.prototype.grid.call(this, scale, width),
      ...timeAxis(this.domain, x, width, height - margin.bottom),
      ...area(0, 4, "band-wide"),
      ...area(1, 3, "band-near"),
      ...middle,
      ...cursor,
    );
    const [, last] = known.at(-1);
    const [p5, , p50, , p95] = last.percentiles.map((value) => fixed(value, scale.decimals + 1));
    const metric = this.metrics.find(({ key }) => key === this.metric);
    this.bands.setAttribute("aria-label", `${metric.name} over the fleet: median ${p50}${unitBehind(metric)}, nine tenths of the sensors between ${p5} and ${p95}`);
  }

  /** Columns that follow one another without a gap. */
  runs(columns) {
    const runs = [];
    for (const column of columns) {
      const run = runs.at(-1);
      if (run && column[0] - run.at(-1)[0] < 1500 * this.step) run.push(column);
      else runs.push([column]);
    }
    return runs;
  }

  drawMap() {
    for (const button of document.querySelectorAll("#fleet-colour button")) {
      button.setAttribute("aria-pressed", String(button.value === this.colour));
      button.hidden = button.value === "values" && this.metrics.length === 0;
    }
    const rows = this.answer?.rows ?? [];
    const canvas = byId("fleet-canvas");
    const box = canvas.getBoundingClientRect();
    if (box.width === 0) return;
    // One pixel for each cell, enlarged without blur.
    canvas.width = fleetColumns;
    canvas.height = Math.max(1, rows.length);
    const cells = this.sorted.filter(([, { means }]) => means.length === rows.length);
    const values = cells.flatMap(([, { means }]) => means).filter((value) => value !== null);
    const [least, greatest] = [Math.min(...values), Math.max(...values)];
    const most = cells.reduce((top, [, { anomalous }]) => anomalous.reduce((highest, number, row) => Math.max(highest, number / rows[row].sensors), top), 0);
    const image = new ImageData(canvas.width, canvas.height);
    const [from] = this.domain;
    const bad = getComputedStyle(byId("fleet-map")).getPropertyValue("--heat").trim().split(" ").map(Number);
    for (const [time, { means, anomalous }] of cells) {
      const column = Math.round((time - from) / (this.step * 1000));
      for (let row = 0; row < rows.length; row += 1) {
        const share = anomalous[row] / rows[row].sensors;
        const colour = this.colour === "values" ? ramp(means[row], least, greatest) : share > 0 ? [...bad, Math.round(255 * (0.25 + 0.75 * Math.sqrt(share / most)))] : null;
        if (colour) image.data.set(colour.length === 4 ? colour : [...colour, 255], 4 * (row * canvas.width + column));
      }
    }
    canvas.getContext("2d").putImageData(image, 0, 0);
    this.drawScale(values.length > 0 ? [least, greatest] : null, most);
    say("fleet-first", rows[0]?.first ?? "");
    say("fleet-last", rows.at(-1)?.last ?? "");
    const sensors = rows[0]?.sensors ?? 1;
    say("fleet-row-note", sensors > 1 ? `${count(rows.length)} rows of about ${count(Math.round((this.answer?.sensors ?? 0) / rows.length))} sensors` : "one row a sensor");
    this.drawCell();
  }

  /** What the colours mean. */
  drawScale(reach, most) {
    const isValues = this.colour === "values";
    const decimals = (this.scale?.decimals ?? 1) + 1;
    byId("fleet-scale").className = `scale ${this.colour}`;
    say("fleet-least", isValues ? (reach ? fixed(reach[0], decimals) : "–") : "none");
    say("fleet-greatest", isValues ? (reach ? fixed(reach[1], decimals) : "–") : most > 0 ? `${digits(100 * most)} %` : "–");
    byId("fleet-gradient").style.setProperty("--ramp", valueRamp.map((colour) => `rgb(${colour.join(" ")})`).join(", "));
  }

  /** The frame around the cell that is pointed at, and its words. */
  drawCell() {
    const frame = byId("fleet-cell");
    const rows = this.answer?.rows ?? [];
    const column = this.cell && this.columns.get(this.cell.time);
    frame.hidden = !column || this.cell.row === null;
    if (!column) return say("fleet-readout", "Point at a cell, or focus the map and use the arrow keys; Enter shows its sensor below.");
    const [from] = this.domain;
    const place = Math.round((this.cell.time - from) / (this.step * 1000));
    const { row } = this.cell;
    if (row !== null) {
      Object.assign(frame.style, { left: `${(100 * place) / fleetColumns}%`, width: `${100 / fleetColumns}%`, top: `${(100 * row) / rows.length}%`, height: `${100 / rows.length}%` });
    }
    const metric = this.metrics.find(({ key }) => key === this.metric);
    const decimals = (this.scale?.decimals ?? 1) + 1;
    const value = (number) => (number === null || number === undefined ? "no value" : fixed(number, decimals) + unitBehind(metric));
    if (row === null) {
      const words = column.percentiles ? `median ${value(column.percentiles[2])}, half of the sensors between ${value(column.percentiles[1])} and ${value(column.percentiles[3])}, nine tenths between ${value(column.percentiles[0])} and ${value(column.percentiles[4])}` : "no values";
      return say("fleet-readout", `${moment(this.cell.time)} UTC: ${words}`);
    }
    const { first, last, sensors } = rows[row];
    const who = sensors === 1 ? first : `${first} to ${last} (${count(sensors)} sensors)`;
    const mean = metric ? `${sensors === 1 ? "" : "mean "}${value(column.means[row])}, ` : "";
    const found = column.anomalous[row];
    return say("fleet-readout", `${moment(this.cell.time)} UTC, ${who}: ${mean}${sensors === 1 ? (found ? "anomalous" : "normal") : `${found} anomalous`}`);
  }

  point(cell) {
    this.cell = cell;
    this.drawCell();
    this.drawBands();
  }

  moved(event) {
    const isMap = event.currentTarget === this.map;
    const box = (isMap ? byId("fleet-canvas") : this.bands).getBoundingClientRect();
    const [left, width] = isMap ? [box.left, box.width] : [box.left + margin.left, box.width - margin.left - margin.right];
    const share = (event.clientX - left) / width;
    const [from] = this.domain;
    const place = Math.max(0, Math.min(fleetColumns - 1, isMap ? Math.floor(share * fleetColumns) : Math.round(share * (fleetColumns - 1))));
    const rows = this.answer?.rows.length ?? 0;
    const row = isMap ? Math.max(0, Math.min(rows - 1, Math.floor(((event.clientY - box.top) / box.height) * rows))) : null;
    this.point({ time: from + place * this.step * 1000, row });
  }

  pressed(event) {
    const rows = this.answer?.rows.length ?? 0;
    const isMap = event.currentTarget === this.map;
    const [from, to] = this.domain;
    const cell = this.cell ?? { time: to, row: isMap ? 0 : null };
    const step = this.step * 1000;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.key === "Escape") this.point(null);
    else if (event.key === "Enter" && isMap) this.open();
    else if (event.key in moves) {
      const [time, row] = moves[event.key];
      this.point({
        time: Math.max(from, Math.min(to, cell.time + time)),
        row: isMap ? Math.max(0, Math.min(rows - 1, (cell.row ?? 0) + row)) : null,
      });
    } else return;
    event.preventDefault();
  }

  /** Shows the sensor of a cell: of several one that is anomalous now, else the first. */
  open() {
    const { rows, anomalous } = this.answer ?? {};
    const row = rows?.[this.cell?.row];
    if (!row) return;
    const found = anomalous.sensors.find(({ sensor_id: id }) => id >= row.first && id <= row.last && id.length === row.first.length);
    this.choose(found?.sensor_id ?? row.first);
  }

  sort(key) {
    this.order = { key, isRising: this.order.key === key ? !this.order.isRising : true };
    this.drawNow();
  }

  drawNow() {
    const { answer } = this;
    if (!answer) {
      say("fleet-now", "Asking…");
      return;
    }
    const { count: found, by_type: types, sensors } = answer.anomalous;
    const silent = answer.sensors - answer.reporting;
    const of = `of ${count(answer.reporting)} sensors${silent > 0 ? ` that report, ${count(silent)} are silent` : ""}`;
    say("fleet-now", `${count(found)} ${of} ${found === 1 ? "is" : "are"} anomalous${answer.time ? ` at ${answer.time.slice(11, 19)} UTC` : ""}.`);
    byId("fleet-types").replaceChildren(
      ...Object.entries(types).filter(([, number]) => number > 0).map(([type, number]) => element("li", {}, mark(type), `${labelName(type)} ${count(number)}`)),
    );
    const { key, isRising } = this.order;
    const value = (sensor) => (key === "anomaly_type" ? Object.keys(labels).indexOf(sensor[key]) : (sensor[key] ?? Infinity));
    const sorted = sensors.toSorted((first, second) => (value(first) < value(second) ? -1 : value(first) > value(second) ? 1 : 0) * (isRising ? 1 : -1));
    for (const button of document.querySelectorAll("#fleet-list th button")) {
      button.closest("th").setAttribute("aria-sort", button.value !== key ? "none" : isRising ? "ascending" : "descending");
    }
    const metric = this.metrics.find((candidate) => candidate.key === this.metric);
    say("fleet-value-head", `Value${metric ? unitBehind(metric, ", ") : ""}`);
    const decimals = mostDecimals(sensors, "value");
    const focused = document.activeElement?.closest("#fleet-list tbody a")?.textContent;
    byId("fleet-list").tBodies[0].replaceChildren(
      ...sorted.map(({ sensor_id: id, anomaly_type: type, value: number }) =>
        element(
          "tr",
          {},
          element("td", {}, element("a", { href: link.ofSensor(id) }, id)),
          element("td", {}, tag(type)),
          element("td", { class: "number" }, number === null ? "–" : fixed(number, decimals)),
        ),
      ),
    );
    // The list is made anew every few seconds; a keyboard stays where it was.
    if (focused) [...document.querySelectorAll("#fleet-list tbody a")].find(({ textContent }) => textContent === focused)?.focus();
    byId("fleet-list").parentElement.hidden = found === 0;
    say("fleet-more", found > sensors.length ? `and ${count(found - sensors.length)} more` : found === 0 ? "All that report are normal." : "");
  }
}

/** A colour between the least and the greatest value; nothing for none. */
function ramp(value, least, greatest) {
  if (value === null) return null;
  const place = greatest > least ? ((value - least) / (greatest - least)) * (valueRamp.length - 1) : (valueRamp.length - 1) / 2;
  const low = Math.min(valueRamp.length - 2, Math.floor(place));
  const share = place - low;
  return valueRamp[low].map((channel, index) => Math.round(channel + share * (valueRamp[low + 1][index] - channel)));
}
