// The parts of the page that show figures.

function showMetrics(metrics) {
  say("readings", count(metrics.readings_count));
  say("rate", scaled(metrics.rates.readings_per_second));
  say("share", percent(metrics.anomaly_rate));
  say("share-note", metrics.anomalies_count === null ? "not counted" : `${count(metrics.anomalies_count)} readings`);
  const { lateness_seconds: lateness, errors } = metrics;
  say("lateness", delay(lateness?.p99));
  say("lateness-note", lateness ? `at most ${delay(lateness.maximum)}` : "not measured");
  say("errors", count(errors.total));
  say("errors-note", errors.lost_readings > 0 ? `${count(errors.lost_readings)} readings lost` : errors.buffered_readings > 0 ? `${count(errors.buffered_readings)} readings wait` : "nothing lost");
  showLabels(metrics);
}

/** The rate of the last two minutes. */
class Spark {
  constructor() {
    this.rates = [];
  }

  add(rate) {
    this.rates = this.rates.concat(rate).slice(-120);
    const top = Math.max(...this.rates, 1e-9);
    const path = this.rates.map((value, index) => `${index ? "L" : "M"}${index} ${(20 - 18 * (value / top)).toFixed(2)}`).join("");
    const svg = byId("rate-spark");
    svg.setAttribute("viewBox", `0 0 ${Math.max(1, this.rates.length - 1)} 21`);
    svg.setAttribute("preserveAspectRatio", "none");
    svg.replaceChildren(drawing("path", { d: path }));
  }
}

function showLabels({ anomalies, readings_count: total, anomalies_count: anomalous }) {
  if (!anomalies || total === 0) return;
  const rows = [["normal", total - anomalous], ...Object.entries(anomalies)];
  byId("labels").tBodies[0].replaceChildren(
    ...rows.map(([type, readings]) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, type === "normal" ? element("span", { class: "tag" }, element("span", { class: "swatch" }), "Normal") : tag(type)),
        element("td", { class: "number" }, count(readings)),
        element("td", { class: "number" }, percent(readings / total)),
      ),
    ),
  );
  // Anomalies are rare: the bar below shows how they divide among themselves.
  showBar("label-bar", rows, total);
  showBar("anomaly-bar", Object.entries(anomalies), anomalous);
}

/** Parts of a whole, side by side. */
function showBar(id, parts, total) {
  let from = 0;
  const boxes = parts.map(([type, readings]) => {
    const width = total > 0 ? (100 * readings) / total : 0;
    const part = drawing("rect", { class: `fill t-${type}`, x: from, y: 0, width, height: 10 });
    from += width;
    return part;
  });
  byId(id).replaceChildren(drawing("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none" }, ...boxes));
}

function showStatus(status) {
  document.title = `${status.name} – gen-dataset`;
  say("name", status.name);
  const sensors = status.sensor_count === 1 ? "1 sensor" : `${count(status.sensor_count)} sensors`;
  say("subtitle", `${status.mode === "live" ? "Live" : "Batch"} · ${sensors} · running for ${span(status.elapsed_seconds)}`);
  say("memory", `${count(status.memory_usage_mb)} MB`);
  say("memory-note", "of this process");
  say("readings-note", status.planned_readings === null ? "without an end" : `of ${count(status.planned_readings)}`);
  showProgress(status);
  const problems = status.reload?.error ? [...status.problems, `The settings were not changed: ${status.reload.error}`] : status.problems;
  byId("problems").hidden = problems.length === 0;
  byId("problem-list").replaceChildren(...problems.map((problem) => element("li", {}, problem)));
  byId("chooser").hidden = status.sensor_count < 2;
  say("configuration", JSON.stringify(status.configuration, null, 2));
  say("version", `gen-dataset ${status.version}`);
}

function showProgress(status) {
  byId("progress").hidden = status.planned_readings === null;
  if (status.planned_readings === null) return;
  const share = status.readings_count / Math.max(1, status.planned_readings);
  byId("progress-bar").value = share;
  const left = status.remaining_seconds === null ? "" : `, ${span(status.remaining_seconds)} left`;
  say("progress-text", `${Math.floor(100 * share)} %${left}`);
}

function showSensor(id, status) {
  say("sensor-name", id);
  const { location: place } = status;
  const isDescribed = id === status.sensor_id;
  const parts = isDescribed ? [place.city, [status.manufacturer, status.model].filter(Boolean).join(" "), status.firmware_version && `firmware ${status.firmware_version}`] : [];
  say("sensor-note", parts.filter(Boolean).join(" · ") || "\u00a0");
}

// On a narrow screen a row is a small card, which takes the table's roles away unless they are stated.

function showSampleHead(metrics) {
  const column = (text, attributes = {}) => element("th", { scope: "col", role: "columnheader", ...attributes }, text);
  const values = metrics.map((metric) => column(metric.name + unitBehind(metric, ", "), metric.states ? {} : { class: "number" }));
  byId("samples").tHead.rows[0].replaceChildren(column("Time (UTC)"), column("Sensor"), ...values, column("Anomaly"));
}

function showSamples(samples, metrics) {
  const decimals = metrics.map(({ key, states }) => (states ? 0 : mostDecimals(samples, key)));
  const field = (attributes, ...children) => element("td", { role: "cell", ...attributes }, ...children);
  const value = (content, place) => {
    const { name, states, unit } = metrics[place];
    const text = content === null || states ? content : fixed(content, decimals[place]);
    const behind = text === null || !unit ? [] : [element("span", { class: "unit" }, ` ${unit}`)];
    return field({ class: states ? "metric" : "metric number", "data-name": name }, text ?? "–", ...behind);
  };
  byId("samples").tBodies[0].replaceChildren(
    ...samples.toReversed().map((sample) =>
      element(
        "tr",
        { role: "row" },
        field({ class: "when" }, sample.timestamp.slice(0, 23).replace("T", " ")),
        field({ class: "who" }, sample.sensor_id),
        ...metrics.map(({ key }, place) => value(sample[key] ?? null, place)),
        field({ class: "what" }, sample.anomaly_type ? tag(sample.anomaly_type) : ""),
      ),
    ),
  );
}

function showDatabase(database) {
  const { sync_status: sync, performance, database_size: size } = database;
  const pairs = [
    ["Readings", count(database.total_readings)],
    ["Size", size.human_readable],
    ["Last write", database.last_write ? `${database.last_write.slice(0, 19).replace("T", " ")} UTC` : "–"],
    ["Taken by consumers", sync ? `${count(sync.synced)} (${sync.sync_percentage} %)` : "not counted"],
    ["Readings a transaction", performance ? count(performance.readings_per_commit) : "–"],
    ["Time of a transaction", performance ? delay(performance.commit_seconds) : "–"],
  ];
  byId("database").replaceChildren(...pairs.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
}

function showNoDatabase() {
  byId("database").replaceChildren(element("dt", {}, "This run writes no database."));
}

function showHealth(state, text) {
  byId("health").dataset.state = state;
  say("health-text", text);
}
