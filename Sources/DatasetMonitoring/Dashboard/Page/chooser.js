// Finds one sensor among many by a part of its id: a combobox as the ARIA Authoring Practices describe it.

class Chooser {
  constructor(choose) {
    this.choose = choose;
    this.input = byId("sensor-search");
    this.list = byId("sensor-options");
    this.ids = [];
    this.active = -1;
    this.asked = 0;
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("focus", () => this.search());
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    // The list must not take the focus from the input.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(this.ids[Number(option.dataset.index)]);
    });
  }

  async search() {
    const asked = ++this.asked;
    clearTimeout(this.pending);
    this.pending = setTimeout(async () => {
      try {
        const answer = await client.get(`sensorz?${new URLSearchParams({ q: this.input.value.trim(), limit: 20 })}`);
        if (asked === this.asked && document.activeElement === this.input) this.show(answer);
      } catch {
        this.close();
      }
    }, 150);
  }

  show(answer) {
    this.ids = answer.sensors;
    this.active = -1;
    const options = this.ids.map((id, index) =>
      element("li", { role: "option", id: `option-${index}`, "aria-selected": "false", "data-index": index }, id),
    );
    const rest = answer.matching - this.ids.length;
    if (rest > 0) options.push(element("li", { class: "more", role: "presentation" }, `and ${count(rest)} more: type more of the id`));
    if (this.ids.length === 0) options.push(element("li", { class: "more", role: "presentation" }, "no sensor has this in its id"));
    this.list.replaceChildren(...options);
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    say("sensor-matches", `${count(answer.matching)} of ${count(answer.total)} sensors`);
  }

  close() {
    this.asked += 1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  pressed(event) {
    if (event.key === "Escape") {
      this.input.value = "";
      return this.close();
    }
    if (event.key === "Enter") {
      event.preventDefault();
      const id = this.ids[Math.max(0, this.active)];
      return this.list.hidden || id === undefined ? this.search() : this.take(id);
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return undefined;
    event.preventDefault();
    if (this.list.hidden) return this.search();
    return this.activate((this.active + step + this.ids.length) % Math.max(1, this.ids.length));
  }

  activate(index) {
    this.active = index;
    this.list.querySelectorAll("[role=option]").forEach((option, place) => {
      option.setAttribute("aria-selected", String(place === index));
      if (place !== index) return;
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    });
  }

  take(id) {
    this.input.value = "";
    this.close();
    this.choose(id);
  }
}
