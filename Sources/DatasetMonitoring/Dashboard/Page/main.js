// The page's heart: asks once a second, less often when there is no answer, and not at all when nobody looks.

const interval = 1_000;
const longestWait = 30_000;
const series = new Series();
const spark = new Spark();
const absence = new Absence();
let cursor = null;
let metrics = [];
let plots = [];
let status = null;
let failures = 0;
let round = 0;
let timer = null;
let isAsking = false;
let isPaused = false;
let isUnknown = false;
let historyAt = 0;
/** Why a stretch cannot be shown; null if it can. */
let refusal = null;
/** The metrics that are shown; null for all. */
let chosenMetrics = null;
let show = "150";

/** What plots ask of the page. */
const page = {
  limits: {},
  moveCursor(index) {
    if (index === cursor) return;
    cursor = index;
    drawPlots();
  },
  setLimit(key, value) {
    if (value === null) delete page.limits[key];
    else page.limits[key] = value;
    drawPlots();
    keepLink();
  },
  zoomTo(from, to) {
    // A stretch of less than ten readings has nothing more to show.
    const least = 10_000 * (series.history?.interval_seconds ?? series.step / 1000);
    const middle = (from + to) / 2;
    const half = Math.min(Math.max(to - from, least), 1000 * series.longest) / 2;
    setRange([Math.round(middle - half), Math.round(middle + half)]);
  },
  zoomBy(factor, at = null) {
    const [from, to] = series.domain;
    const middle = at ?? (from + to) / 2;
    page.zoomTo(middle - (middle - from) * factor, middle + (to - middle) * factor);
  },
  emptyText() {
    if (refusal !== null) return refusal;
    if (series.isLive || !series.history) return status === null || !status.newest_reading ? "No readings yet" : "Asking…";
    const { begin, end } = series.history;
    return begin === null ? "No readings yet" : `No readings here: the history goes from ${moment(instant(begin))} to ${moment(instant(end))} UTC`;
  },
};

byId("legend").append(...Object.keys(labels).map((type) => element("li", {}, mark(type), labelName(type))));
byId("links").hidden = client.token !== null;
byId("forget").hidden = client.token === null;
const chooser = new Chooser(choose);
const fleet = new FleetView(
  (id) => {
    choose(id);
    byId("plots").scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  },
  (isOther) => {
    if (isOther) keepLink();
    askNow();
  },
);

/** Makes a plot for each metric of the run, once and whenever they are others. */
function takeMetrics(described) {
  if (plots.length > 0 && JSON.stringify(described.map(shown)) === JSON.stringify(metrics)) return;
  metrics = described.map(shown);
  series.clear();
  plots = metrics.map((metric) => new (metric.states ? StatePlot : Plot)(metric, series, page));
  byId("panels").replaceChildren(...plots.map((plot) => plot.root));
  showSampleHead(metrics);
  fleet.offer(metrics);
  offerMetrics();
  showChosen();
}

/** A box to tick for each metric. */
function offerMetrics() {
  byId("metric-picker").hidden = metrics.length < 2;
  byId("metric-boxes").replaceChildren(
    ...metrics.map(({ key, name }) => {
      const box = element("input", { type: "checkbox", value: key });
      box.addEventListener("change", () => {
        const ticked = [...byId("metric-boxes").querySelectorAll("input:checked")].map(({ value }) => value);
        chosenMetrics = ticked.length === metrics.length || ticked.length === 0 ? null : ticked;
        showChosen();
        keepLink();
      });
      return element("label", { class: "tick-box" }, box, name);
    }),
  );
}

const isChosen = ({ metric }) => chosenMetrics === null || chosenMetrics.includes(metric.key);

/** Shows the chosen metrics and no others; all where none of the chosen exists. */
function showChosen() {
  if (chosenMetrics !== null && !plots.some(isChosen)) chosenMetrics = null;
  for (const plot of plots) plot.root.hidden = !isChosen(plot);
  for (const box of byId("metric-boxes").querySelectorAll("input")) box.checked = chosenMetrics === null || chosenMetrics.includes(box.value);
  say("metric-count", chosenMetrics === null ? "all" : `${plots.filter(isChosen).length} of ${plots.length}`);
  byId("panels").classList.toggle("single", plots.filter(isChosen).length === 1);
  drawPlots();
}

function drawPlots() {
  for (const plot of plots) if (isChosen(plot)) plot.draw(cursor);
}

function choose(id) {
  if (id !== series.sensor) setSensor(id);
  keepLink();
  askNow();
}

function setSensor(id) {
  series.sensor = id;
  cursor = null;
  isUnknown = false;
  series.clear();
  showUnknown();
  drawPlots();
  if (status) showSensor(id ?? "", status);
}

/** Shows so many of the newest readings, or those of so long. */
function setShow(text) {
  show = text in spans || ["60", "150", "400", "1000"].includes(text) ? text : "150";
  series.length = show in spans ? null : Number(show);
  series.span = spans[show] ?? null;
  series.range = null;
  restart();
}

function setRange(range) {
  const known = series.history;
  series.length = null;
  series.range = range;
  restart();
  // How far the readings lie apart is not another for it.
  series.history = known;
}

function restart() {
  cursor = null;
  refusal = null;
  historyAt = 0;
  series.clear();
  showRange();
  drawPlots();
  keepLink();
  askNow();
}

function showRange() {
  byId("window").value = series.range ? "range" : show;
  byId("window-range").hidden = !series.range;
  byId("live").hidden = series.range === null;
}

function keepLink() {
  const isFirst = status !== null && series.sensor === status.sensor_id;
  link.write({
    sensor: isFirst ? null : series.sensor,
    show: show === "150" ? null : show,
    from: series.range?.[0] ?? null,
    to: series.range?.[1] ?? null,
    metrics: chosenMetrics,
    limits: page.limits,
    fleet: fleet.metric === (fleet.metrics[0]?.key ?? null) ? null : fleet.metric,
    span: fleet.span === "10m" ? null : fleet.span,
  });
  if (status) fleet.drawNow();
}

/** Shows what the address says. */
function followLink() {
  const wanted = link.read();
  page.limits = wanted.limits;
  chosenMetrics = wanted.metrics;
  fleet.metric = wanted.fleet ?? fleet.metrics[0]?.key ?? null;
  fleet.span = wanted.span in fleetSpans ? wanted.span : "10m";
  fleet.clear();
  if (metrics.length > 0) fleet.offer(metrics);
  setSensor(wanted.sensor ?? status?.sensor_id ?? null);
  setShow(wanted.show ?? "150");
  if (wanted.from !== null) setRange([wanted.from, wanted.to]);
  if (plots.length > 0) showChosen();
}

async function ask() {
  if (isAsking || isPaused || document.hidden) return;
  isAsking = true;
  try {
    await askAll();
    failures = 0;
    absence.over();
    schedule(interval);
  } catch (error) {
    await failed(error);
  } finally {
    isAsking = false;
  }
}

async function askAll() {
  // What changes slowly is asked for every fifth time.
  if (round % 5 === 0 || status === null) await askSlowly();
  const [figures] = await Promise.all([client.get("metricz"), askSeries(), fleet.isDue ? fleet.ask() : null]);
  showMetrics(figures);
  spark.add(figures.rates.readings_per_second);
  if (status.sensor_count < 2 && series.isLive) showSamples(series.readings.slice(-10), metrics);
  else if (round % 2 === 0) showSamples((await client.get("samplez")).samples, metrics);
  round += 1;
}

/** Asks for what the plots show: the newest readings every time, a stretch as often as it moves on by a point. */
async function askSeries() {
  const { sensor, path, isLive, range } = series;
  if (!isLive) {
    const pause = Math.max(2_000, Math.min(60_000, series.step));
    const isThere = series.readings.length > 0 || refusal !== null;
    if (isThere && (range ? series.history?.end && instant(series.history.end) >= range[1] : Date.now() - historyAt < pause)) return;
    if (range && isThere && Date.now() - historyAt < pause) return;
  }
  let answer;
  try {
    answer = await client.get(path);
  } catch (error) {
    if (error instanceof NotThere) {
      isUnknown = true;
      return showUnknown();
    }
    if (!(error instanceof Wrong)) throw error;
    refusal = "So long a stretch cannot be shown: zoom in";
    return drawPlots();
  }
  if (sensor !== series.sensor || path !== series.path) return undefined;
  if (isUnknown) {
    isUnknown = false;
    showUnknown();
  }
  if (isLive) {
    const length = series.readings.length;
    series.add(answer, path.includes("after="));
    // A cursor stays with its reading while the plot moves on.
    if (cursor !== null) cursor = Math.max(0, cursor - Math.max(0, length + answer.samples.length - series.length));
  } else {
    const isFirst = series.history === null;
    series.take(answer);
    refusal = null;
    historyAt = Date.now();
    // Only now it is known how long a stretch can be followed.
    if (isFirst && !range) {
      historyAt = 0;
      return askSeries();
    }
    if (cursor !== null) cursor = Math.min(cursor, series.readings.length - 1);
  }
  showStretch();
  return drawPlots();
}

/** Says how much is shown, and how finely. */
function showStretch() {
  const { history: known } = series;
  if (series.isLive || !known || series.readings.length === 0) return say("stretch", "");
  const each = known.readings_per_point > 1 ? `; a point stands for ${count(known.readings_per_point)}, from its least to its greatest value` : "";
  const end = instant(known.end);
  const [from, to] = [series.readings[0].$time, Math.min(end, series.range?.[1] ?? end)];
  return say("stretch", `${count(known.readings)} readings from ${moment(from)} to ${moment(to)} UTC${each}. The history begins at ${moment(instant(known.begin))} UTC.`);
}

/** Says that there is no such sensor, in place of plots. */
function showUnknown() {
  byId("unknown").hidden = !isUnknown;
  byId("panels").hidden = isUnknown;
  if (isUnknown) say("unknown-text", `This run has no sensor ${series.sensor}.`);
}

async function askSlowly() {
  const before = status;
  status = await client.get("statusz");
  // Another run answers now: nothing here belongs to it.
  if (before && (status.started_at !== before.started_at || status.elapsed_seconds < before.elapsed_seconds)) {
    series.clear();
    fleet.clear();
  }
  if (series.sensor === null) series.sensor = status.sensor_id;
  byId("fleet").hidden = status.sensor_count < 2;
  takeMetrics(status.metrics);
  showStatus(status);
  showSensor(series.sensor ?? "", status);
  if (!status.running) showHealth("ended", "Not running");
  else showHealth(status.health, status.health[0].toUpperCase() + status.health.slice(1));
  try {
    showDatabase(await client.get("db_stats"));
  } catch (error) {
    if (!(error instanceof NotThere)) throw error;
    showNoDatabase();
  }
}

async function failed(error) {
  round = 0;
  if (error instanceof Refused) {
    showHealth("waiting", "Waiting for the token");
    await askForToken();
    return schedule(0);
  }
  // A mistake of this page is not to look like a server that is gone, and no more.
  if (!(error instanceof Away)) console.error(error);
  failures += 1;
  const wait = Math.min(longestWait, interval * 2 ** failures) * (0.75 + Math.random() / 2);
  showHealth("away", "No answer");
  absence.goesOn(Date.now() + wait);
  return schedule(wait);
}

function schedule(wait) {
  clearTimeout(timer);
  timer = setTimeout(ask, wait);
}

function askNow() {
  if (!isAsking) schedule(0);
}

/** Moves the stretch by a part of its length. */
function pan(share) {
  const [from, to] = series.domain;
  page.zoomTo(from + share * (to - from), to + share * (to - from));
}

document.addEventListener("visibilitychange", askNow);
window.addEventListener("online", askNow);
window.addEventListener("hashchange", followLink);
byId("window").addEventListener("change", (event) => setShow(event.target.value));
byId("live").addEventListener("click", () => setShow(show));
byId("zoom-in").addEventListener("click", () => page.zoomBy(0.5));
byId("zoom-out").addEventListener("click", () => page.zoomBy(2));
byId("earlier").addEventListener("click", () => pan(-0.5));
byId("later").addEventListener("click", () => pan(0.5));
byId("save-csv").addEventListener("click", () => saveCSV(series, metrics.filter((metric) => isChosen({ metric }))));
byId("save-png").addEventListener("click", () => savePNG(series, plots.filter(isChosen), `${status.name} – ${series.sensor}`));
byId("copy-link").hidden = !navigator.clipboard;
byId("copy-link").addEventListener("click", async () => {
  await navigator.clipboard.writeText(location.href);
  say("copied", "The link is copied.");
});
byId("pause").addEventListener("click", () => {
  isPaused = !isPaused;
  byId("pause").setAttribute("aria-pressed", String(isPaused));
  askNow();
});
byId("forget").addEventListener("click", () => {
  client.keep(null);
  location.reload();
});
followLink();
ask();
