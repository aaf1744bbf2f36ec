// The page's heart: asks once a second, less often when there is no answer, and not at all when nobody looks.

const interval = 1_000;
const longestWait = 30_000;
const series = new Series();
const spark = new Spark();
let cursor = null;
let metrics = [];
let plots = [];
let status = null;
let failures = 0;
let round = 0;
let timer = null;
let isAsking = false;
let isPaused = false;

byId("legend").append(...Object.keys(labels).map((type) => element("li", {}, mark(type), labelName(type))));
byId("links").hidden = client.token !== null;
byId("forget").hidden = client.token === null;
const chooser = new Chooser(choose);

/** Makes a plot for each metric of the run, once and whenever they are others. */
function takeMetrics(described) {
  if (plots.length > 0 && JSON.stringify(described.map(shown)) === JSON.stringify(metrics)) return;
  metrics = described.map(shown);
  series.clear();
  plots = metrics.map((metric) => new (metric.states ? StatePlot : Plot)(metric, series, moveCursor));
  byId("panels").replaceChildren(...plots.map((plot) => plot.root));
  showSampleHead(metrics);
}

function drawPlots() {
  for (const plot of plots) plot.draw(cursor);
}

function moveCursor(index) {
  if (index === cursor) return;
  cursor = index;
  drawPlots();
}

function choose(id) {
  series.sensor = id;
  cursor = null;
  series.clear();
  drawPlots();
  showSensor(id, status);
  askNow();
}

async function ask() {
  if (isAsking || isPaused || document.hidden) return;
  isAsking = true;
  try {
    await askAll();
    failures = 0;
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
  const sensor = series.sensor;
  const { path } = series;
  const [figures, samples] = await Promise.all([client.get("metricz"), client.get(path)]);
  showMetrics(figures);
  spark.add(figures.rates.readings_per_second);
  if (sensor === series.sensor) {
    const length = series.readings.length;
    series.add(samples, path.includes("after="));
    // A cursor stays with its reading while the plot moves on.
    if (cursor !== null) cursor = Math.max(0, cursor - Math.max(0, length + samples.samples.length - series.length));
    drawPlots();
  }
  if (status.sensor_count < 2) showSamples(series.readings.slice(-10), metrics);
  else if (round % 2 === 0) showSamples((await client.get("samplez")).samples, metrics);
  round += 1;
}

async function askSlowly() {
  const before = status;
  status = await client.get("statusz");
  // Another run answers now: nothing here belongs to it.
  if (before && status.elapsed_seconds < before.elapsed_seconds) series.clear();
  if (series.sensor === null) series.sensor = status.sensor_id;
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
  series.clear();
  if (error instanceof Refused) {
    showHealth("waiting", "Waiting for the token");
    await askForToken();
    return schedule(0);
  }
  if (error instanceof NotThere) {
    series.sensor = null;
  }
  failures += 1;
  const wait = Math.min(longestWait, interval * 2 ** failures) * (0.75 + Math.random() / 2);
  showHealth("away", "No answer");
  return schedule(wait);
}

function schedule(wait) {
  clearTimeout(timer);
  timer = setTimeout(ask, wait);
}

function askNow() {
  if (!isAsking) schedule(0);
}

document.addEventListener("visibilitychange", askNow);
window.addEventListener("online", askNow);
byId("window").addEventListener("change", (event) => {
  series.length = Number(event.target.value);
  series.clear();
  askNow();
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
ask();
