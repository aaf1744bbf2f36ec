"""Recipes, and how they are given to a command."""

from __future__ import annotations

import datetime
import json
import os
import re
from collections.abc import Mapping, Sequence
from typing import Any, Union


class Recipe:
    """A recipe that is in no file: from a mapping of its sections, or from YAML.

        Recipe({"dataset": {"seed": 42, "duration": "7d"}, "replicas": {"count": 100}})

    `dataset.name` is what the dataset is called. Line and column of an error are those of the text, which `str` gives.
    """

    def __init__(self, content: Mapping[str, Any] | str) -> None:
        self._text = content if isinstance(content, str) else json.dumps(content, indent=2, default=_plain)

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Recipe({self._text!r})"


Source = Union[str, "os.PathLike[str]", Recipe, Mapping[str, Any]]
"""What a recipe may be given as."""


def _plain(value: Any) -> str:
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return f"{value.total_seconds():.6f}s"
    if isinstance(value, os.PathLike):
        return str(os.fspath(value))
    raise TypeError(f"a recipe cannot hold {value!r}")


def text_of(value: Any) -> str:
    """A value as an option has it."""
    if isinstance(value, str):
        return value
    if isinstance(value, (datetime.datetime, datetime.date, datetime.timedelta, os.PathLike)):
        return _plain(value)
    return json.dumps(value, default=_plain)


def names_of(names: str | Sequence[str] | None) -> list[str] | None:
    """Some names; a text is one."""
    return [names] if isinstance(names, str) else None if names is None else list(names)


class YAML(str):
    """What `--set` takes as it stands, from someone who writes an option and not a value of Python."""


_PLAIN = re.compile(r"[-+.]?\w([\w./+:-]*[\w./+-])?")
"""Words, numbers, times and durations: YAML reads no more into them than they are, and the program finds a number in them."""


def _setting_of(value: Any) -> str:
    """A value as `--set` has it: YAML, in which a text stays that text."""
    text = text_of(value)
    if isinstance(value, YAML) or not isinstance(value, (str, os.PathLike)):
        return text
    return text if _PLAIN.fullmatch(text) and text.lower() != "null" else json.dumps(text)


def arguments_of(recipe: Source, options: Mapping[str, Any], settings: Mapping[str, Any] | None) -> tuple[list[str], bytes]:
    """The arguments of `gen-dataset recipe`, and its standard input."""
    if isinstance(recipe, Mapping):
        recipe = Recipe(recipe)
    arguments = ["recipe"]
    for name, value in options.items():
        if value is not None:
            arguments.append(f"--{name}={text_of(value)}")
    for key, value in (settings or {}).items():
        arguments += ["--set", f"{key}={_setting_of(value)}"]
    if isinstance(recipe, Recipe):
        return [*arguments, "-"], str(recipe).encode()
    name = os.fspath(recipe)
    # A path is never taken for an option, nor for standard input.
    return [*arguments, "--", name if name != "-" else "./-"], b""
