// Numbers and times as people read them.

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** 1,296,000; from ten million on 12.9 M. */
function count(value) {
  if (value === null || value === undefined) return "–";
  return Math.abs(value) < 1e7 ? grouped.format(value) : scaled(value);
}

/** 1.25 M, 310 k, 42, 0.5: three digits. */
function scaled(value) {
  for (const [size, unit] of [[1e9, " G"], [1e6, " M"], [1e3, " k"]]) {
    if (value >= size) return digits(value / size) + unit;
  }
  return digits(value);
}

function digits(value) {
  const size = Math.abs(value);
  return String(Number(value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2)));
}

/** Always that many decimals, and the sign that typographers use. */
function fixed(value, decimals) {
  return value.toFixed(Math.min(6, decimals)).replace("-", "\u2212");
}

/** The most decimals that any value of a key has. */
function mostDecimals(readings, key) {
  return readings.reduce((most, { [key]: value }) => (value === null ? most : Math.max(most, (String(value).split(".")[1] ?? "").length)), 0);
}

function percent(share) {
  return share === null || share === undefined ? "–" : `${(100 * share).toFixed(2)} %`;
}

/** 45 s, 12 min 5 s, 3 h 20 min, 2 d 4 h. */
function span(seconds) {
  const whole = Math.round(seconds);
  const units = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];
  const first = units.findIndex(([, size]) => whole >= size);
  if (first < 0) return "0 s";
  const parts = units.slice(first, first + 2).map(([name, size], place) => {
    const within = place === 0 ? whole : whole % units[first][1];
    return [Math.floor(within / size), name];
  });
  return parts.filter(([value]) => value > 0).map(([value, name]) => `${value} ${name}`).join(" ");
}

/** 1.2 s, 4.5 ms, 80 µs. */
function delay(seconds) {
  if (seconds === null || seconds === undefined) return "–";
  if (seconds >= 1) return `${digits(seconds)} s`;
  return seconds >= 0.001 ? `${digits(1000 * seconds)} ms` : `${digits(1e6 * seconds)} µs`;
}

/** The readings' times are UTC without a zone. */
function instant(timestamp) {
  return Date.parse(timestamp.endsWith("Z") ? timestamp : `${timestamp}Z`);
}

/** 2026-11-30 10:30:45, of UTC. */
function moment(milliseconds) {
  return new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ");
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 1209600, 2592000, 7776000, 31536000];

/** Round instants between two, for as many texts as there is room: {at, text}. */
function timeTicks(from, to, room) {
  if (!(to > from)) return [];
  const seconds = (to - from) / 1000;
  const step = steps.find((size) => seconds / size <= Math.max(1, room)) ?? steps.at(-1) * Math.ceil(seconds / steps.at(-1) / room);
  const ticks = [];
  for (let at = Math.ceil(from / 1000 / step) * step * 1000; at <= to; at += step * 1000) {
    const text = new Date(at).toISOString();
    const isDay = text.slice(11, 19) === "00:00:00";
    ticks.push({ at, text: step >= 86400 || isDay ? text.slice(5, 10) : text.slice(11, step < 60 ? 19 : 16) });
  }
  return ticks;
}
