// The readings of the chosen sensor: the newest, or a stretch of its history.

/** A metric as the page shows it: {key, name, unit, states, description}; states are null for a number. */
function shown({ name: key, unit, description, states }) {
  const words = key.replaceAll("_", " ");
  return { key, name: words[0].toUpperCase() + words.slice(1), unit, description, states };
}

/** What stands behind a value, before a comma at the head of a column. */
const unitBehind = ({ unit }, separator = " ") => (unit ? separator + unit : "");

class Series {
  constructor() {
    this.sensor = null;
    /** So many of the newest readings; null for a stretch of the history. */
    this.length = 150;
    /** Seconds before the newest reading, null for all; and what beats it: two instants. */
    this.span = null;
    this.range = null;
    this.clear();
  }

  clear() {
    this.readings = [];
    this.events = [];
    /** What the server said of the stretch. */
    this.history = null;
  }

  get isLive() {
    return this.length !== null;
  }

  get newest() {
    return this.readings.at(-1);
  }

  /** What to ask for: of the newest readings only what is new. */
  get path() {
    const parameters = new URLSearchParams();
    if (this.sensor !== null) parameters.set("sensor", this.sensor);
    if (!this.isLive) {
      const [from, to] = this.range ?? this.followed;
      parameters.set("points", 700);
      if (from !== null) parameters.set("from", new Date(from).toISOString());
      if (to !== null) parameters.set("to", new Date(to).toISOString());
      return `history?${parameters}`;
    }
    parameters.set("limit", this.length);
    if (this.newest && this.readings.length >= this.length / 2) parameters.set("after", this.newest.id);
    return `samplez?${parameters}`;
  }

  /** The stretch that ends with the newest reading; before anything is known of it, whatever the server thinks fit. */
  get followed() {
    if (!this.history?.end) return [null, null];
    const [begin, end] = [instant(this.history.begin), instant(this.history.end)];
    const longest = this.longest * 1000;
    const wanted = this.span === null ? end - begin + 1 : this.span * 1000;
    return [Math.max(begin, end - Math.min(wanted, longest)), null];
  }

  /** Seconds that one answer can be about. */
  get longest() {
    return 999_000 * (this.history?.interval_seconds ?? this.step / 1000);
  }

  /** The instants at both ends of the plots. */
  get domain() {
    if (this.range) return this.range;
    const [first, last] = [this.readings[0]?.$time ?? 0, this.newest?.$time ?? 1];
    return [first, Math.max(last, first + 1)];
  }

  /** Milliseconds between two points. */
  get step() {
    const { readings } = this;
    return readings.length > 1 ? (this.newest.$time - readings[0].$time) / (readings.length - 1) : 1000;
  }

  add(answer, wasPartial) {
    // No metric has a dollar sign in its name.
    const samples = answer.samples.map((sample) => ({ ...sample, $time: instant(sample.timestamp) }));
    this.readings = (wasPartial ? this.readings.concat(samples) : samples).slice(-this.length);
    this.note(answer.events, wasPartial);
  }

  /** Events by their readings; one that goes on is there twice, in two answers. */
  note(events, wasPartial) {
    if (!wasPartial) this.events = [];
    const times = new Map(this.readings.map((reading) => [reading.id, reading.$time]));
    for (const { anomaly_type: type, metrics, first_id: first, last_id: last } of events) {
      const [from, to] = [times.get(first), times.get(last)];
      if (from === undefined || to === undefined) continue;
      const open = this.events.at(-1);
      const isSame = open && open.type === type && !this.readings.some(({ $time, anomaly_type: other }) => $time > open.to && $time < from && !other);
      if (isSame) open.to = to;
      else this.events.push({ type, metrics: new Set(metrics), from, to, count: 1 });
    }
    const begin = this.readings[0]?.$time ?? 0;
    this.events = this.events.filter(({ to }) => to >= begin).map((event) => ({ ...event, from: Math.max(begin, event.from) }));
  }

  /** A stretch of the history: each point has the mean as its value, the least and the greatest beside it. */
  take(answer) {
    this.history = answer;
    this.events = answer.events.map(({ anomaly_type: type, metrics, first, last, count: number }) => ({
      type,
      metrics: new Set(metrics),
      from: instant(first),
      to: instant(last),
      count: number,
    }));
    const isSingle = answer.readings_per_point === 1;
    this.readings = answer.times.map((timestamp, index) => {
      const point = { timestamp, $time: instant(timestamp), anomaly_type: null };
      if (!isSingle) Object.assign(point, { $low: {}, $high: {} });
      for (const [key, { least, greatest, mean, states }] of Object.entries(answer.metrics)) {
        point[key] = states ? states[index] : isSingle ? least[index] : mean[index];
        if (states || isSingle) continue;
        point.$low[key] = least[index];
        point.$high[key] = greatest[index];
      }
      return point;
    });
    this.events.forEach(({ type, from, to }) => {
      for (let index = this.indexAt(from, true); index < this.readings.length && this.readings[index].$time <= to; index += 1) {
        this.readings[index].anomaly_type = type;
      }
    });
  }

  /** The place of the reading next to an instant, or of the point that it lies in. */
  indexAt(time, isWithin = false) {
    const { readings } = this;
    let [low, high] = [0, readings.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (readings[middle].$time <= time) low = middle;
      else high = middle - 1;
    }
    if (isWithin || low + 1 >= readings.length) return low;
    return readings[low + 1].$time - time < time - readings[low].$time ? low + 1 : low;
  }

  /** The events that touch a metric. */
  eventsOf(key) {
    return this.events.filter(({ metrics }) => metrics.has(key));
  }

  /** How many decimals the values of a metric need, so that they do not dance. */
  decimals(key) {
    const values = this.history && !this.isLive ? this.readings.map(({ $low, [key]: value }) => ({ value: $low?.[key] ?? value })) : null;
    return values ? mostDecimals(values, "value") : mostDecimals(this.readings, key);
  }

  /** Least, greatest and mean value of a metric that is a number; null without values. */
  figures(key) {
    const known = this.readings.filter(({ [key]: value }) => typeof value === "number");
    if (known.length === 0) return null;
    const sum = known.reduce((total, reading) => total + reading[key], 0);
    return {
      least: known.reduce((least, { $low, [key]: value }) => Math.min(least, $low?.[key] ?? value), Infinity),
      greatest: known.reduce((greatest, { $high, [key]: value }) => Math.max(greatest, $high?.[key] ?? value), -Infinity),
      mean: sum / known.length,
    };
  }

  /** How often a metric rises above a limit in what is shown, and the share of points above it. */
  crossings(key, limit) {
    let [crossings, above, known] = [0, 0, 0];
    let wasAbove = null;
    for (const { $low, $high, [key]: value } of this.readings) {
      if (typeof value !== "number") continue;
      known += 1;
      const [low, high] = [$low?.[key] ?? value, $high?.[key] ?? value];
      if (value > limit) above += 1;
      if (wasAbove === false && high > limit) crossings += 1;
      // Within the point it is above and below: it ends where its mean is.
      else if (wasAbove === true && low <= limit && value > limit) crossings += 1;
      wasAbove = value > limit;
    }
    return { crossings, share: known > 0 ? above / known : 0 };
  }
}
