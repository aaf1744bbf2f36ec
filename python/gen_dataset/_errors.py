"""What goes wrong, as exceptions."""

from __future__ import annotations

import dataclasses
import json


@dataclasses.dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and where.

    A finding about a recipe has `file`, `line` and `column`, counted from 1, and `key`, such as `anomalies.probability`; one about an option
    or a variable of the environment has `option` or `variable` instead.
    """

    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    key: str | None = None
    option: str | None = None
    variable: str | None = None

    def __str__(self) -> str:
        place = [str(part) for part in (self.file, self.line, self.column) if part is not None]
        parts = [":".join(place), self.option, self.variable, self.key, self.message]
        return ": ".join(part for part in parts if part)


class GenDatasetError(Exception):
    """A command has failed; `status` is its exit code, `findings` say why."""

    def __init__(self, status: int, findings: list[Finding]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings) or f"gen-dataset has ended with {status}")
        self.status = status
        self.findings = findings

    def __reduce__(self) -> tuple[type, tuple[int, list[Finding]]]:
        """As workers of engines send it to the driver."""
        return type(self), (self.status, self.findings)


class RecipeError(GenDatasetError, ValueError):
    """A recipe, an option or a variable says what cannot be; all findings at once."""


INVALID_RECIPE = 65


def error_of(status: int, output: bytes, errors: bytes) -> GenDatasetError:
    """The exception for an exit code, the JSON object of a command, and what it has said on standard error."""
    try:
        told = json.loads(output)["error"]["findings"]
        names = {field.name for field in dataclasses.fields(Finding)}
        findings = [Finding(**{key: value for key, value in one.items() if key in names}) for one in told]
    except (ValueError, KeyError, TypeError):
        lines = [line.removeprefix("error: ") for line in errors.decode(errors="replace").splitlines() if line.startswith("error: ")]
        if status < 0:
            lines.append(f"gen-dataset was ended by signal {-status}")
        findings = [Finding(line) for line in lines]
    return (RecipeError if status == INVALID_RECIPE else GenDatasetError)(status, findings)
