"""What gen-dataset is meant to reach, and whether it does."""
from dataclasses import dataclass

from . import report

MIB = 2**20


@dataclass
class Goal:
    """A goal, what was measured, and whether that meets it; None where something was not measured."""
    text: str
    measured: str
    is_met: bool | None


def goal_table(found):
    """Goals, what was measured of each, and whether that meets it."""
    words = {True: "yes", False: "**no**", None: "–"}
    return report.table(["goal", "measured", "met"], [[goal.text, goal.measured, words[goal.is_met]] for goal in found])


class Measured:
    """The results of all parts, by part and key."""

    def __init__(self, parts, threads):
        self.threads = threads
        self._results = {
            (part, result.key): result for part, results in parts.items() for result in results if result.runs
        }

    def get(self, part, key):
        return self._results.get((part, key))

    def times(self, text, least, part, key, own="tool"):
        """The rate of `own` against that of another contestant, at least `least` times."""
        mine, other = self.get(part, own), self.get(part, key)
        if not mine or not other:
            return Goal(text, "not measured", None)
        ratio = mine.rate / other.rate
        return Goal(text, f"{ratio:.2f} times" if least > 1 else f"{ratio * 100:.0f} %", ratio >= least)

    def slowest_times(self, text, least, part, keys):
        """The same against the fastest of several."""
        rates = [result.rate for key in keys if (result := self.get(part, key))]
        mine = self.get(part, "tool")
        if not mine or not rates:
            return Goal(text, "not measured", None)
        ratio = mine.rate / max(rates)
        return Goal(text, f"{ratio:.1f} times", ratio >= least)

    def no_larger(self, text, part, key):
        """The size against that of another, to a tenth of a byte."""
        mine, other = self.get(part, "tool"), self.get(part, key)
        if not mine or not other:
            return Goal(text, "not measured", None)
        own, others = round(mine.size, 1), round(other.size, 1)
        return Goal(text, f"{own} against {others} bytes a row", own <= others)


def efficiency(results):
    """The rate of all formats at once against that which the separate runs allow, as a share; None if not measured.

    Written one after the other, the formats take c1 + c2 + c3 seconds of processor time a row, so that T threads that
    never wait make T / (c1 + c2 + c3) rows a second. Generation is counted three times in that although it is done
    once.
    """
    return _efficiency(results, 0)


def strict_efficiency(results):
    """The same with generation, g seconds a row, counted once: against T / (c1 + c2 + c3 - 2 g)."""
    generation = results.get("all", "generation")
    return _efficiency(results, 2 * generation.cpu) if generation else None


def _efficiency(results, saved):
    together = results.get("all", "all")
    single = [results.get("all", key) for key in ("sqlite", "csv", "jsonl")]
    if not together or not all(single):
        return None
    return together.rate * (sum(result.cpu for result in single) - saved) / 1e6 / results.threads


def goals(parts, threads):
    """All goals, in the order of the report."""
    results = Measured(parts, threads)
    found = [
        results.times("SQLite: at least 6 times the C API with a prepared statement", 6, "sqlite", "prepared"),
        results.times("SQLite: at least 3 times the C API with every trick", 3, "sqlite", "tricks"),
        results.times("SQLite: at least 50 % of `cp` of the finished file", 0.5, "sqlite", "cp"),
        results.times("the same, with `cp` followed by sync as gen-dataset does", 0.5, "sqlite", "cp-sync"),
        results.times("CSV: at least 3.5 times Polars + igzip level 1", 3.5, "csv", "polars-igzip"),
        results.slowest_times("CSV: at least 10 times every peer at its defaults", 10, "csv",
                              ["polars", "pyarrow", "duckdb", "pandas"]),
        results.no_larger("CSV: no more bytes a row than igzip level 1 makes of the same text", "csv", "igzip"),
        results.times("CSV: at least 80 % of `igzip -1` of the finished text", 0.8, "csv", "igzip"),
        results.times("JSON Lines: at least 3 times Polars at gzip level 1", 3, "jsonl", "polars-1"),
        results.slowest_times("JSON Lines: at least 10 times every peer at its defaults", 10, "jsonl",
                              ["polars", "duckdb", "pandas"]),
        results.times("JSON Lines: at least 80 % of `igzip -1` of the finished text", 0.8, "jsonl", "igzip"),
        results.times("Parquet: at least 4 times PyArrow with Zstandard", 4, "parquet", "pyarrow"),
        results.times("Parquet: at least 3 times Polars with Zstandard", 3, "parquet", "polars"),
        results.times("Parquet: at least 3 times DuckDB with Zstandard", 3, "parquet", "duckdb"),
        results.no_larger("Parquet: no more bytes a row than PyArrow with Zstandard", "parquet", "pyarrow"),
        results.times("Parquet: at least 50 % of generation alone", 0.5, "parquet", "generation"),
    ]
    found += [
        results.times("Arrow: to a pipe at least 60 % of generation alone", 0.6, "arrow", "generation"),
        results.times("Arrow: into Polars at least 5 times Polars reading the finished gzip CSV", 5, "arrow", "polars-csv", "polars"),
    ]
    share = efficiency(results)
    text = "all three at once: at least 75 % of what the separate processor times allow"
    found.append(Goal(text, "not measured" if share is None else f"{share * 100:.0f} %",
                      None if share is None else share >= 0.75))
    for part, name, own in [("sqlite", "SQLite", "tool"), ("csv", "CSV", "tool"), ("jsonl", "JSON Lines", "tool"),
                            ("all", "all three", "all")]:
        text = f"{name}: {threads} threads at least {1.85 / 2 * threads:.2f} times 1 thread"
        found.append(results.times(text, 1.85 / 2 * threads, part, "one", own))
    for key, name in [("csv", "CSV"), ("jsonl", "JSON Lines"), ("parquet", "Parquet"), ("arrow", "Arrow"),
                      ("all", "all three")]:
        found += memory_goals(results, key, name)
    for format, name in [("sqlite", "SQLite"), ("csv", "CSV"), ("jsonl", "JSON Lines")]:
        found += [shape_goal(results, format, name, shape) for shape in ("wide", "narrow")]
    beginning = results.get("start", "start")
    text = "start to end of 1,000 rows in all formats: less than 60 ms"
    found.append(Goal(text, f"{beginning.wall * 1e3:.0f} ms", beginning.wall < 0.06) if beginning
                 else Goal(text, "not measured", None))
    return found


def memory_goals(results, key, name):
    long, short = results.get("memory", key + "-long"), results.get("memory", key + "-short")
    bound = f"{name}: less than 300 MiB" + (f" at {long.rows:,} rows" if long else "")
    flat = f"{name}: within 10 % of that" + (f" at {short.rows:,} rows" if short else "")
    if not long or not short:
        return [Goal(bound, "not measured", None), Goal(flat, "not measured", None)]
    return [
        Goal(bound, f"{long.peak / MIB:.0f} MiB", long.peak < 300 * MIB),
        Goal(flat, f"{short.peak / MIB:.0f} MiB", abs(short.peak / long.peak - 1) <= 0.1),
    ]


def shape_goal(results, format, name, shape):
    middle, other = results.get("shapes", f"{format}-middle"), results.get("shapes", f"{format}-{shape}")
    if not middle or not other:
        return Goal(f"{name}: {shape} fleet within 1.5 times of 100 sensors", "not measured", None)
    ratio = max(middle.rate / other.rate, other.rate / middle.rate)
    fleet = other.name.split(": ")[1]
    faster = "faster" if other.rate > middle.rate else "slower"
    # Faster than the fleet that it is compared with is as good as equally fast.
    return Goal(f"{name}: {fleet}: within 1.5 times of 100 sensors", f"{ratio:.2f} times {faster}",
                ratio <= 1.5 or faster == "faster")
