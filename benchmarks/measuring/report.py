"""Tables in Markdown."""
MIB = 2**20


def table(heading, rows):
    """A table; the first column is text, the others are numbers."""
    lines = ["| " + " | ".join(heading) + " |", "| --- |" + " ---: |" * (len(heading) - 1)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def results_table(results, reference=None, reference_name="gen-dataset is faster by"):
    """What was measured of contestants, with the rate of `reference` against each other's."""
    heading = ["", "rows", "rows/s", "user s/M", "system s/M", "bytes a row", "peak MiB"]
    if reference:
        heading.insert(3, reference_name)
    rows = []
    for result in results:
        if not result.runs:
            continue
        name = f"**{result.name}**" if result is reference else result.name
        row = [name, f"{result.rows:,}", rate(result.rate), f"{result.user:.2f}", f"{result.system:.2f}",
               f"{result.size:.1f}" if result.size else "–", f"{result.peak / MIB:.0f}" if result.peak else "–"]
        if reference:
            row.insert(3, "" if result.kind == "tool" else f"{reference.rate / result.rate:.2f} ×")
        rows.append(row)
    return table(heading, rows)


def rate(value):
    """Rows a second with three significant digits: 5,230,000."""
    if value <= 0:
        return "0"
    unit = 10 ** max(0, len(str(int(value))) - 3)
    return f"{round(value / unit) * unit:,}"


def skipped(parts):
    """Who was skipped and why, as a list."""
    lines = [
        f"- {result.name}: {result.skipped}" for results in parts.values() for result in results if result.skipped
    ]
    return "\n".join(lines)


def section(title, text, results, others, reference=None):
    """A part of a report; `others` are the cores that other programs used while it was measured."""
    written = f"## {title}\n\n{text}\n\n{results_table(results, reference)}"
    if others >= 0.15:
        written += f"\n\nOther programs used {others:.1f} cores meanwhile: the figures are too low."
    return written
