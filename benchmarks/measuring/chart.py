"""Charts in SVG: readable on light and dark paper, with nothing from outside the file."""
import math
from dataclasses import dataclass
from html import escape

# Light and dark; the series after Okabe and Ito, which the colour-blind tell apart.
COLOURS = {
    "paper": ("#ffffff", "#15181c"), "ink": ("#1f2328", "#e8eaed"), "muted": ("#5b6570", "#a3adb8"),
    "grid": ("#e3e7eb", "#2d333a"), "tool": ("#0072b2", "#4ba9e0"), "peer": ("#b8c0c8", "#5b656f"),
    "limit": ("#e69f00", "#e6a817"),
    "line0": ("#0072b2", "#4ba9e0"), "line1": ("#d55e00", "#f08a4b"), "line2": ("#009e73", "#2fc79b"),
    "line3": ("#cc79a7", "#e59cc4"),
}
WIDTH = 860


def style():
    """The style sheet; programs that know no variables pass over the second of two declarations."""
    def variables(index):
        return ":root{" + ";".join(f"--{name}:{pair[index]}" for name, pair in COLOURS.items()) + "}"

    rules = [variables(0), "@media(prefers-color-scheme:dark){" + variables(1) + "}",
             "text{font-family:system-ui,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:12px;"
             f"fill:{COLOURS['muted'][0]};fill:var(--muted)}}",
             f".title{{font-size:18px;font-weight:600;fill:{COLOURS['ink'][0]};fill:var(--ink)}}",
             f".name{{font-size:14px;font-weight:600;fill:{COLOURS['ink'][0]};fill:var(--ink)}}",
             f".ours{{font-weight:600;fill:{COLOURS['ink'][0]};fill:var(--ink)}}", ".end{text-anchor:end}",
             ".middle{text-anchor:middle}",
             f".grid-line{{stroke:{COLOURS['grid'][0]};stroke:var(--grid)}}"]
    for name, (light, _) in COLOURS.items():
        rules.append(f".{name}{{fill:{light};fill:var(--{name})}}")
        if name.startswith("line"):
            rules.append(f".{name}.stroke{{fill:none;stroke-width:2;stroke:{light};stroke:var(--{name})}}")
    return "<style>" + "\n".join(rules) + "</style>"


def document(height, title, description, elements):
    """A picture with its title for those who cannot see it."""
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'role="img">',
        f"<title>{escape(title)}</title>", f"<desc>{escape(description)}</desc>", style(),
        f'<rect class="paper" width="{WIDTH}" height="{height}"/>', text(24, 34, title, "title"), *elements, "</svg>",
        "",
    ])


def text(x, y, words, kind=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}">{escape(words)}</text>'


def bars(title, panels):
    """Bars of rates, a panel each: name -> list of (name, kind, rate)."""
    left, right, y, elements = 330, WIDTH - 110, 64, []
    # What is fast for SQLite is slow for text: each panel has its own scale.
    for name, entries in panels.items():
        if not entries:
            continue
        greatest = max(rate for _, _, rate in entries)
        elements.append(text(24, y + 4, name, "name"))
        y += 16
        for label, kind, rate in entries:
            width = max(1, rate / greatest * (right - left))
            elements.append(text(left - 10, y + 13, label, "end ours" if kind == "tool" else "end"))
            elements.append(f'<rect class="{kind}" x="{left}" y="{y + 2}" width="{width:.1f}" height="15" rx="2"/>')
            elements.append(text(left + width + 8, y + 13, readable(rate), "ours" if kind == "tool" else ""))
            y += 21
        y += 22
    for x, kind, words in [(24, "tool", "gen-dataset"), (140, "peer", "peers"), (220, "limit", "limits")]:
        elements.append(f'<rect class="{kind}" x="{x}" y="{y - 10}" width="12" height="12" rx="2"/>')
        elements.append(text(x + 18, y, words))
    told = ". ".join(f"{name}: " + ", ".join(f"{label} {readable(rate)}" for label, _, rate in entries)
                     for name, entries in panels.items() if entries)
    return document(y + 20, title, told, elements)


@dataclass
class Panel:
    """A panel of lines: series maps a name to points (x, y); both axes are logarithmic."""
    name: str
    x_name: str
    y_name: str
    series: dict[str, list[tuple[float, float]]]


def lines(title, panels):
    """Panels of lines, two in a row."""
    elements, width, height, top = [], 330, 230, 84
    panels = [panel for panel in panels if any(panel.series.values())]
    for number, panel in enumerate(panels):
        x0, y0 = 76 + number % 2 * 420, top + number // 2 * 340
        elements += panel_of_lines(panel, x0, y0, width, height)
    told = ". ".join(f"{panel.name}: " + ", ".join(panel.series) for panel in panels)
    return document(top + (len(panels) + 1) // 2 * 340 - 10, title, told, elements)


def panel_of_lines(panel, x0, y0, width, height):
    points = [point for series in panel.series.values() for point in series]
    x_ticks = ticks_between(x for x, _ in points)
    x_low, x_high = math.log10(x_ticks[0]), math.log10(x_ticks[-1])
    y_low, y_high = decades(y for _, y in points)

    def place(x, y):
        return (x0 + (math.log10(x) - x_low) / (x_high - x_low) * width,
                y0 + height - (math.log10(y) - y_low) / (y_high - y_low) * height)

    elements = [text(x0 - 52, y0 - 14, panel.name, "name")]
    for tick in x_ticks:
        x, _ = place(tick, 10**y_low)
        elements.append(f'<line class="grid-line" x1="{x:.1f}" y1="{y0}" x2="{x:.1f}" y2="{y0 + height}"/>')
        elements.append(text(x, y0 + height + 17, readable(tick), "middle"))
    for exponent in range(y_low, y_high + 1):
        for digit in (1, 2, 5) if y_high - y_low <= 2 else (1,):
            value = digit * 10**exponent
            if exponent == y_high and digit > 1:
                continue
            _, y = place(10**x_low, value)
            elements.append(f'<line class="grid-line" x1="{x0}" y1="{y:.1f}" x2="{x0 + width}" y2="{y:.1f}"/>')
            elements.append(text(x0 - 8, y + 4, readable(value), "end"))
    elements.append(text(x0 + width / 2, y0 + height + 36, panel.x_name, "middle"))
    legend = x0 - 52
    for number, (name, series) in enumerate(panel.series.items()):
        placed = [place(*point) for point in sorted(series)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        elements.append(f'<polyline class="line{number} stroke" points="{path}"/>')
        elements += [f'<circle class="line{number}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in placed]
        elements.append(
            f'<rect class="line{number}" x="{legend}" y="{y0 + height + 46}" width="12" height="12" rx="2"/>')
        elements.append(text(legend + 17, y0 + height + 56, name))
        legend += 44 + 7 * len(name)
    elements.append(text(x0 + width, y0 - 14, panel.y_name, "end"))
    return elements


def ticks_between(values):
    """Powers of ten around values; the values themselves if they are few and near each other."""
    values = sorted(set(values))
    if 1 < len(values) <= 5 and values[-1] < 10 * values[0]:
        return values
    low, high = decades(values)
    return [10**exponent for exponent in range(low, high + 1)]


def decades(values):
    """The powers of ten below and above all values."""
    values = list(values)
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return (low, high) if high > low else (low, low + 1)


def readable(value):
    """`5.23 M`, `310 k`, `42`."""
    for limit, suffix in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if value >= limit:
            scaled = value / limit
            return (f"{scaled:.3g}" if scaled < 1000 else f"{scaled:.0f}") + suffix
    return f"{value:.3g}"
