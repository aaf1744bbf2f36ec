// The plot of a state: steps between its texts.

class StatePlot extends Plot {
  level(reading) {
    const level = this.metric.states.indexOf(reading[this.metric.key]);
    return level < 0 ? null : level;
  }

  text(value) {
    return value;
  }

  scale(_, height) {
    return new StateScale(this.metric.states, margin.top, height - margin.bottom);
  }

  /** A level that lasts until the next reading. */
  path(x, scale) {
    let before = null;
    let path = "";
    this.series.readings.forEach((reading, index) => {
      const level = this.level(reading);
      if (level !== null) {
        const place = `${x(index).toFixed(1)} ${scale.y(level).toFixed(1)}`;
        path += before === null ? `M${place}` : `H${x(index).toFixed(1)}V${scale.y(level).toFixed(1)}`;
      } else if (before !== null) path += `H${x(index).toFixed(1)}`;
      before = level;
    });
    return path;
  }

  /** How much of the readings each state has. */
  range() {
    const levels = this.series.readings.map((reading) => this.level(reading)).filter((level) => level !== null);
    if (levels.length === 0) return "no values";
    return this.metric.states
      .map((state, level) => [state, levels.filter((other) => other === level).length])
      .filter(([, number]) => number > 0)
      .map(([state, number]) => `${state} ${Math.round((100 * number) / levels.length)} %`)
      .join(", ");
  }
}

/** A place for each text, the first one at the foot. */
class StateScale {
  constructor(states, top, bottom) {
    Object.assign(this, { states, top, bottom });
    // As many texts as can be read.
    const step = Math.ceil(states.length / 8);
    this.ticks = states.map((_, level) => level).filter((level) => level % step === 0);
  }

  y(level) {
    return this.bottom - ((level + 0.5) / this.states.length) * (this.bottom - this.top);
  }

  /** What fits beside the axis. */
  text(level) {
    const state = this.states[level];
    return state.length > 8 ? `${state.slice(0, 7)}…` : state;
  }
}
