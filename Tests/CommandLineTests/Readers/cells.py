"""What stands in readings.csv, or another table, as the types of another file's columns have it, to compare what its readers find."""

import csv
import datetime
import io
import math

import pandas
import pyarrow

from dataset import text_of


def wanted(text, kind):
    """A value of the CSV as the type of its column has it."""
    if text is None:
        return None
    if pyarrow.types.is_timestamp(kind):
        return datetime.datetime.fromisoformat(text.removesuffix("Z"))
    if pyarrow.types.is_integer(kind):
        return int(text)
    return float(text) if pyarrow.types.is_floating(kind) else text


def plain(value):
    """A value of a reader as Python's own."""
    if value is None or value is pandas.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bytes):
        return value.decode()
    if hasattr(value, "to_pydatetime"):
        value = None if str(value) == "NaT" else value.to_pydatetime()
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).replace(tzinfo=None) if value.tzinfo else value
    return value.item() if hasattr(value, "item") else value


def are_equal(values, expected):
    """Whether lists are equal; false where they cannot be compared, as those that hold pandas' NA."""
    try:
        return values == expected
    except TypeError:
        return False


class Cells:
    """The rows of readings.csv, or of another table: as texts, and by column as the types of a schema have them."""

    def __init__(self, folder, schema, problems, counts, table="readings"):
        # No text ends where Python sees the end of a line.
        text = io.StringIO(text_of(folder, table + ".csv", problems), newline="")
        self.rows = [{key: value or None for key, value in row.items()} for row in csv.DictReader(text, strict=True)]
        self.expected = {
            name: [wanted(row[name], schema.field(name).type) for row in self.rows] for name in schema.names
        }
        self.problems, self.counts = problems, counts
        counts["rows"] = len(self.rows)
        counts["nulls"] = sum(value is None for column in self.expected.values() for value in column)

    def compare(self, reader, columns):
        """Compares the columns that a reader has found."""
        self.problems.expect(list(columns) == list(self.expected), f"{reader}: columns {list(columns)}")
        for name, values in columns.items():
            expected = self.expected[name]
            # Most readers give Python's own values, which are compared at once.
            found = values if are_equal(values, expected) else [plain(value) for value in values]
            self.problems.expect(len(found) == len(expected), f"{reader}: {len(found)} values of {name}, not {len(expected)}")
            if found is not values:
                for index, (one, other) in enumerate(zip(found, expected)):
                    if one != other:
                        self.problems.expect(False, f"{reader}: {name} of row {index} is {one!r}, not {other!r}")
            self.counts["cells"] += len(found)
