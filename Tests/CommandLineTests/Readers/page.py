"""page.py FILE: what a page of describe --html holds, as JSON; fails if it is not well-formed."""

import base64
import hashlib
import json
import re
import sys
import xml.etree.ElementTree as ElementTree

text = open(sys.argv[1], encoding="utf-8").read()
beginning, rest = text.split("\n", 1)
assert beginning == "<!DOCTYPE html>", beginning
root = ElementTree.fromstring(rest)


def name(element):
    return element.tag.rpartition("}")[2]


def words(element):
    """The text of a cell, without what pictures in it are called."""
    parts = [element.text or ""]
    for child in element:
        if name(child) != "svg":
            parts.append(words(child))
        parts.append(child.tail or "")
    return " ".join(" ".join(parts).split())


def table(element):
    rows = [[words(cell) for cell in row] for row in element.iter() if name(row) == "tr"]
    return {"heading": rows[0], "rows": rows[1:]}


elements = list(root.iter())
ids = [element.get("id") for element in elements if element.get("id")]
(policy,) = [element.get("content") for element in elements if element.get("http-equiv") == "Content-Security-Policy"]
(style,) = [element.text for element in elements if name(element) == "style"]
digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
outside = [
    value
    for element in elements
    for text in [element.text or "", *element.attrib.values()]
    for value in re.findall(r"url\([^#][^)]*\)|@import[^;]*|\b(?:file|data):[^\s\"']+", text)
]
links = [element.get("href") for element in elements if element.get("href")]
tables = {}
for element in elements:
    if name(element) == "table" and element[0].tag == "caption":
        tables[element[0].text] = table(element)
cards = {}
for element in elements:
    if name(element) == "div" and element.get("class") == "cards":
        for card in element:
            heading = next(part.text for part in card.iter() if name(part) == "h3")
            pictures = [part.get("aria-label") for part in card.iter() if name(part) == "svg"]
            cards[heading] = {"table": table(next(part for part in card.iter() if name(part) == "table")), "pictures": pictures}
json.dump(
    {
        "title": next(element.text for element in elements if name(element) == "title"),
        "heading": next(words(element) for element in elements if name(element) == "h1"),
        "sections": [words(element) for element in elements if name(element) == "h2"],
        "tables": tables,
        "metrics": cards,
        "days": [element.get("aria-labelledby") for element in elements if re.match(r"day\d", element.get("aria-labelledby", ""))],
        "pictures": [element.get("aria-label") or "" for element in elements if name(element) == "svg" and element.get("role")],
        "foot": [words(part) for element in elements if name(element) == "footer" for part in element],
        "text": words(root[1]),
        # Whatever would be taken from elsewhere, or run, and names that are not unique or lead nowhere.
        "faults": outside
        + [name(element) for element in elements if name(element) in ("script", "link", "img", "iframe", "object", "base", "form")]
        + [f"{name(element)} {key}" for element in elements for key in element.attrib if key.startswith("on") or key == "style"]
        + [value for value in set(ids) if ids.count(value) > 1]
        + [link for link in links if not link.startswith("#") or link[1:] not in ids]
        + ([] if f"'sha256-{digest}'" in policy and policy.startswith("default-src 'none';") else [policy]),
    },
    sys.stdout,
)
