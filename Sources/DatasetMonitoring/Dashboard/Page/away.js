// When the server is gone: since when, when the next try is, and that what is shown is of before.

class Absence {
  constructor() {
    this.last = null;
    this.timer = null;
  }

  /** Takes note of an answer. */
  over() {
    this.last = Date.now();
    if (this.timer === null) return;
    clearInterval(this.timer);
    this.timer = null;
    byId("away").hidden = true;
    document.body.classList.remove("stale");
  }

  /** Takes note that there is none, and when the next try is. */
  goesOn(nextTry) {
    this.nextTry = nextTry;
    const since = this.last === null ? "The server does not answer." : `No answer since ${moment(this.last).slice(11)} UTC. What is shown is as it was then.`;
    say("away-text", since);
    byId("away").hidden = false;
    document.body.classList.add("stale");
    this.timer ??= setInterval(() => this.count(), 1000);
    this.count();
  }

  count() {
    const gone = this.last === null ? "" : `For ${span((Date.now() - this.last) / 1000)}. `;
    const wait = Math.max(0, Math.round((this.nextTry - Date.now()) / 1000));
    say("away-note", `${gone}${wait > 0 ? `The next try is in ${wait} s.` : "Trying again…"}`);
  }
}
