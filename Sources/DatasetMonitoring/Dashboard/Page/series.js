// The newest readings of the chosen sensor.

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
    this.length = 150;
    this.clear();
  }

  clear() {
    this.readings = [];
  }

  get newest() {
    return this.readings.at(-1);
  }

  /** What to ask for: only what is new. */
  get path() {
    const parameters = new URLSearchParams({ limit: this.length });
    if (this.sensor !== null) parameters.set("sensor", this.sensor);
    if (this.newest && this.readings.length >= this.length / 2) parameters.set("after", this.newest.id);
    return `samplez?${parameters}`;
  }

  add(answer, wasPartial) {
    // No metric has a dollar sign in its name.
    const samples = answer.samples.map((sample) => ({ ...sample, $time: instant(sample.timestamp) }));
    this.readings = (wasPartial ? this.readings.concat(samples) : samples).slice(-this.length);
  }

  /** Neighbouring readings with the same anomaly: {type, first, last}. */
  get events() {
    const events = [];
    this.readings.forEach((reading, index) => {
      const event = events.at(-1);
      if (!reading.anomaly_type) return;
      if (event && event.type === reading.anomaly_type && event.last === index - 1) event.last = index;
      else events.push({ type: reading.anomaly_type, first: index, last: index });
    });
    return events;
  }

  /** How many decimals the values of a metric need, so that they do not dance. */
  decimals(key) {
    return mostDecimals(this.readings, key);
  }

  /** Least, greatest and mean value of a metric that is a number; null without values. */
  figures(key) {
    const values = this.readings.map((reading) => reading[key]).filter((value) => typeof value === "number");
    if (values.length === 0) return null;
    const sum = values.reduce((total, value) => total + value, 0);
    return { least: Math.min(...values), greatest: Math.max(...values), mean: sum / values.length };
  }
}
