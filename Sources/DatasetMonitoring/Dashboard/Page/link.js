// What is shown, in the address: reloading or sharing it shows the same.

const spans = { "1h": 3600, "6h": 21600, "1d": 86400, "7d": 604800, all: null };

const link = {
  /** {sensor, show, from, to, metrics, limits, fleet, span} as the address has them; what it does not say is null. */
  read() {
    const parameters = new URLSearchParams(location.hash.slice(1));
    const [from, to] = ["from", "to"].map((key) => instant(parameters.get(key) ?? ""));
    const hasRange = from < to;
    const limits = {};
    for (const [key, value] of parameters) {
      if (key.startsWith("limit.") && value.trim() !== "" && Number.isFinite(Number(value))) limits[key.slice(6)] = Number(value);
    }
    return {
      sensor: parameters.get("sensor"),
      show: parameters.get("show"),
      from: hasRange ? from : null,
      to: hasRange ? to : null,
      metrics: parameters.get("metrics")?.split(",").filter(Boolean) ?? null,
      limits,
      fleet: parameters.get("fleet"),
      span: parameters.get("span"),
    };
  },

  write({ sensor, show, from, to, metrics, limits, fleet, span }) {
    const parameters = new URLSearchParams();
    const set = (key, value) => {
      if (value !== null && value !== undefined) parameters.set(key, value);
    };
    set("sensor", sensor);
    if (from === null) set("show", show);
    else {
      set("from", new Date(from).toISOString());
      set("to", new Date(to).toISOString());
    }
    set("metrics", metrics?.join(","));
    for (const [key, value] of Object.entries(limits)) set(`limit.${key}`, value);
    set("fleet", fleet);
    set("span", span);
    // Colons and commas need no percent signs behind the #, and links are read by people.
    const text = parameters.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
    if (text !== location.hash.slice(1)) history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
  },

  /** The address of a sensor, with all else as it is. */
  ofSensor(id) {
    const parameters = new URLSearchParams(location.hash.slice(1));
    parameters.set("sensor", id);
    return `#${parameters}`;
  },
};
