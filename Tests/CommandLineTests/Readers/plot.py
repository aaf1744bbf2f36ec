"""plot.py FILE: what a picture of describe --plot shows, as JSON; fails if it is no well-formed XML."""

import json
import re
import sys
import xml.etree.ElementTree as ElementTree

SVG = "{http://www.w3.org/2000/svg}"
root = ElementTree.parse(sys.argv[1]).getroot()
assert root.tag == SVG + "svg", root.tag


def style(element):
    return element.get("class", "")


def points(element):
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", element.get("d"))]


def panel(group):
    found = {"heading": None, "bands": {}, "points": 0, "lines": 0, "twinPoints": 0, "low": None, "high": None}
    found["heading"] = next(text.text for text in group.iter(SVG + "text") if style(text) == "name")
    for rect in group.iter(SVG + "rect"):
        if style(rect) != "frame":
            assert float(rect.get("width")) >= 1.5, rect.attrib
            found["bands"].setdefault(style(rect), []).append(rect.find(SVG + "title").text)
    paths = {style(path): path for path in group.iter(SVG + "path")}
    if "healthy" in paths:
        found["twinPoints"] = len(points(paths["healthy"]))
    line = points(paths["readings"])
    found["points"], found["lines"] = len(line), paths["readings"].get("d").count("M")
    # The scale, from the outermost labels, which stand four pixels below their ticks.
    values = next(element for element in group.iter(SVG + "g") if style(element) == "values")
    # States stand for the numbers from 0 on.
    is_number = all(re.fullmatch(r"-?[\d.]+", text.text) for text in values)
    labels = [(float(text.get("y")) - 4, float(text.text) if is_number else index) for index, text in enumerate(values)]
    (y0, value0), (y1, value1) = labels[0], labels[-1]
    value = lambda y: value0 + (y - y0) * (value1 - value0) / (y1 - y0)
    found["low"], found["high"] = value(max(y for _, y in line)), value(min(y for _, y in line))
    found["tolerance"] = abs(value(0.3) - value(0))
    found["ticks"] = [text.text for text in values]
    return found


outside = [
    value
    for element in root.iter()
    for text in [element.text or "", *element.attrib.values()]
    for value in re.findall(r"url\([^#][^)]*\)|@import[^;]*|(?:https?|file|data):[^\s\"']*", text)
]
tags = {element.tag.removeprefix(SVG) for element in root.iter()}


def undrawn(element, fill=None, stroke=None):
    """Shapes that a program which knows no style sheets would draw in black, or not at all."""
    fill, stroke = element.get("fill", fill), element.get("stroke", stroke)
    tag = element.tag.removeprefix(SVG)
    found = [tag] if tag in ("path", "rect", "text") and (fill is None or fill == "none" and stroke is None) else []
    return found + [name for child in element for name in undrawn(child, fill, stroke)]


json.dump(
    {
        "title": root.find(SVG + "title").text,
        "description": root.find(SVG + "desc").text,
        "texts": [text.text for text in root.iter(SVG + "text")],
        "panels": {group.get("id"): panel(group) for group in root.iter(SVG + "g") if style(group) == "panel"},
        "undrawn": undrawn(root),
        "outside": outside + sorted(tags & {"image", "script", "use", "foreignObject", "a"}),
    },
    sys.stdout,
)
