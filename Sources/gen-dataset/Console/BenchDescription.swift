import DatasetGen

/// What a benchmark has measured, for people and for programs.
struct BenchDescription {
    let bench: Bench
    let results: [BenchResult]
    /// Bytes a second.
    let diskRate: Double

    /// A heading, a table, and the disk's rate.
    var text: String {
        var table = TextTable(["", "rows/s", "MB/s", "bytes a row", "CPU s per million rows"])
        for result in results {
            table.add([
                result.scenario.name,
                Readable.count(Int64(result.rowsPerSecond.rounded())),
                result.bytesPerSecond.map { Readable.fixed($0 / 1e6, decimals: 0) } ?? "–",
                result.bytesPerRow.map { Readable.fixed($0, decimals: 1) } ?? "–",
                Readable.fixed(result.user + result.system, decimals: 3),
            ])
        }
        let runs = bench.runCount == 1 ? "one run" : "medians of \(bench.runCount) runs"
        return """
            \(Readable.count(results.first?.rows ?? 0, of: "row")) of \(Readable.count(bench.sensors, of: "sensor")) on \
            \(Readable.count(bench.threads, of: "thread")), \(runs)

            \(table.text)

            The disk takes \(Readable.count(Int64(diskRate / 1e6))) MB/s.
            """
    }

    /// The figures.
    var json: JSONValue {
        [
            "rows": .literal("\(results.first?.rows ?? 0)"), "sensors": .literal("\(bench.sensors)"),
            "threads": .literal("\(bench.threads)"), "runs": .literal("\(bench.runCount)"),
            "disk_bytes_per_second": number(diskRate, decimals: 0),
            "outputs": .array(results.map(json(of:))),
        ]
    }

    private func json(of result: BenchResult) -> JSONValue {
        [
            "output": .string(result.scenario.key),
            "rows_per_second": number(result.rowsPerSecond, decimals: 0),
            "bytes_per_second": number(result.bytesPerSecond, decimals: 0),
            "bytes_per_row": number(result.bytesPerRow, decimals: 2),
            "user_seconds_per_million_rows": number(result.user, decimals: 4),
            "system_seconds_per_million_rows": number(result.system, decimals: 4),
        ]
    }

    private func number(_ value: Double?, decimals: Int) -> JSONValue {
        .literal(value.map { Readable.fixed($0, decimals: decimals) } ?? "null")
    }
}
