import Foundation
import Testing

@Suite("Parquet", .timeLimit(.minutes(30)))
struct ParquetTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    /// A dataset with readings in CSV and Parquet.
    private struct Pair {
        var recipe: String
        var options = "true"
        var includesCleanTwin = false
    }

    /// Writes datasets, whose CSV and Parquet all readers must find equal.
    private func compare(_ pairs: [Pair]) throws -> [Findings] {
        let names = pairs.indices.map { "out\($0)" }
        for (name, pair) in zip(names, pairs) {
            // Columns that are there only where they are named.
            let csv = pair.options.contains("columns") ? pair.options : "true"
            let outputs = "{csv: \(csv), parquet: \(pair.options), clean: \(pair.includesCleanTwin)}"
            try workspace.write("\(pair.recipe)\noutputs: \(outputs)\n", to: "parquet.yaml")
            try workspace.generate("parquet.yaml", to: name)
            for options in [[], ["--regenerate"]] {
                let outcome = try workspace.run(["verify", name] + options)
                // What arrives does not tell all readings, nor do some of the columns.
                let isPartly = pair.recipe.contains("delivery:") || csv != "true"
                let isTold = outcome.notes.isEmpty || options.isEmpty && isPartly
                #expect(outcome.status == 0 && isTold, "\(outcome.errors)\(outcome.output)")
            }
        }
        let findings: [Findings] = try workspace.read(with: "parquet", names.map(workspace.path))
        try #require(findings.count == pairs.count)
        for (pair, findings) in zip(pairs, findings) { #expect(findings.problems == [], "\(pair)") }
        return findings
    }

    @Test("is read by PyArrow, DuckDB, Polars, fastparquet and ClickHouse as the CSV, cell by cell and by conditions")
    func readers() throws {
        let cases = [
            ("{row_group: 16384}", "time", "2s"), ("{compression: none, timestamps: utc}", "sensor", "5s"),
            ("{compatibility: v1, level: 3}", "time", "5s"), ("{compression: snappy}", "time", "5s"),
        ]
        let pairs = cases.map { options, order, interval in
            Pair(recipe: Samples.nasty(order: order, interval: interval), options: options, includesCleanTwin: true)
        }
        for (pair, findings) in zip(pairs, try compare(pairs)) {
            let options = pair.options
            let isLong = options.contains("16384")
            #expect(findings["rows"] > (isLong ? 20_000 : 8_000) && findings["nulls"] > (isLong ? 10_000 : 4_000))
            #expect(findings["groups"] == (isLong ? 2 : 1) && findings["sorted"] == findings["groups"])
            #expect(findings["utc"] == (options.contains("utc") ? 1 : 0))
            #expect((findings["DELTA_BINARY_PACKED"] == 0) == options.contains("v1"))
            #expect(findings["short pages"] > 0 && findings["null pages"] >= 0)
            #expect(findings["events"] > 20 && findings["sensors"] > 1)
        }
    }

    @Test(
        "holds chosen columns, metrics and states of one's own, 64 metrics, what arrives, a single row, and columns of NULL"
    )
    func shapes() throws {
        let mixed = Samples.mixed.replacing("3h", with: "1h")
        let columns = "{columns: [event_id, door, difficulty, timestamp, sensor_id, clean_co2, id]}"
        let metrics = (1...64)
            .map { "  m\($0): {unit: u, resolution: 0.01, mean: \($0), std_dev: 2, min: -50, max: 200}" }
        let many = "dataset: {duration: 5m}\nreplicas: {count: 3}\nmetrics:\n\(metrics.joined(separator: "\n"))"
        let arrivals =
            Samples.small.replacing("duration: 10m", with: "duration: 6h")
            + "\ndelivery: {jitter: 200ms, late: {share: 0.03, delay: [5m, 2h]}, order: arrival}"
        let single = "dataset: {duration: 1s}\nsensor: {id: ONE}\nanomalies: {enabled: false}"
        let findings = try compare([
            Pair(recipe: mixed, options: columns, includesCleanTwin: true), Pair(recipe: mixed), Pair(recipe: single),
            Pair(recipe: many), Pair(recipe: arrivals, options: "{row_group: 16384}"),
        ])
        #expect(findings[0]["cells"] == findings[0]["rows"] * 7 * 5 && findings[0]["rows"] > 10_000)
        #expect(findings[1]["null pages"] > 0 && findings[1]["rows"] > 10_000)
        #expect(findings[2]["null pages"] > 0 && findings[2]["rows"] == 1 && findings[2]["cells"] == 22 * 5)
        #expect(findings[3]["cells"] > 5 * 900 * 80)
        #expect(findings[4]["rows"] > 20_000 && findings[4]["sorted"] == 0)
    }

    @Test("tells all readings by itself")
    func source() throws {
        try workspace.write("\(Samples.mixed)\noutputs: {parquet: true, clean: true}\n", to: "alone.yaml")
        try workspace.generate("alone.yaml", to: "out")
        try workspace.expectTellsAllReadings(auditing: "parquet")
        try workspace.generate("alone.yaml", to: "both", "--set", "outputs.csv=true", "--set", "outputs.sqlite=true")
        #expect(try workspace.shell("cmp -n 50000 out/readings.parquet both/readings.parquet").status == 0)
        #expect(try workspace.run("verify", "both").status == 0)
    }

    @Test("is found to be damaged, or wrong, row and column by name")
    func damage() throws {
        // A byte of a page, of a statistic, and of the end.
        let cases = [
            ("data[40] ^= 1", "has a page "),
            ("place = data.rindex(b'Oslo'); data[place] = ord('P')", "has other values than the statistics"),
            (
                "data[data.rindex(b'Oslo', 0, len(data) - int.from_bytes(data[-8:-4], 'little'))] = ord('P')",
                "has a page that is not as the page index"
            ),
            ("del data[-9:]", "it does not begin and end as Parquet"),
            ("data[-10] ^= 0xff", "readings.parquet: "),
        ]
        try workspace.expectDamageTold(of: "parquet", cases)
    }

    @Test("has tables beside it that are found to be wrong, row and column by name")
    func tables() throws {
        try workspace.write("\(Samples.nasty)\noutputs: [parquet]\n", to: "parquet.yaml")
        let cases = [
            ("events", "peak_snr", "row 3: peak_snr is "), ("sensors", "location", "row 3: location is Nowhere, not "),
            ("events", "first_reading", "row 3: first_reading is "),
        ]
        for (table, column, told) in cases {
            try workspace.generate("parquet.yaml", to: "out", "--overwrite")
            // Written anew by another writer: without a page index nothing can be told of it.
            let program = """
                import pyarrow, pyarrow.parquet
                path = 'out/\(table).parquet'
                table = pyarrow.parquet.read_table(path)
                values = table['\(column)'].to_pylist()
                values[2] = 'Nowhere' if isinstance(values[2], str) else (values[2] or 0) + 1
                index = table.schema.get_field_index('\(column)')
                table = table.set_column(index, table.schema.field(index), pyarrow.array(values, table.schema.field(index).type))
                pyarrow.parquet.write_table(table, path, compression='zstd', write_page_index=True)
                """
            try workspace.write(program, to: "change.py")
            let python = try Locations.python().path()
            try #require(try workspace.shell("\(python) change.py && \(Workspace.newSums)").status == 0)
            let outcome = try workspace.run("verify", "out")
            #expect(outcome.status == 76)
            let text = outcome.output + outcome.errors
            #expect(text.contains("\(table).parquet: \(told)"), "\(text)")
        }
        try workspace.generate("parquet.yaml", to: "out", "--overwrite")
        try #require(
            try workspace.shell("rm out/events.parquet && sed -i /events.parquet/d out/SHA256SUMS").status == 0
        )
        let outcome = try workspace.run("verify", "out")
        #expect(outcome.status == 76 && (outcome.output + outcome.errors).contains("events.parquet: it is missing"))
    }

    @Test("is refused before a row is written where it would have more row groups than readers take")
    func tooManyGroups() throws {
        let recipe = """
            dataset: {duration: 10000h}
            replicas: {count: 200}
            outputs: {parquet: {row_group: 16384}}
            """
        try workspace.write(recipe.replacing("200", with: "10"), to: "few.yaml")
        try #require(try workspace.run("recipes", "check", "few.yaml").status == 0)
        try workspace.write(recipe, to: "many.yaml")
        let outcome = try workspace.run("recipe", "many.yaml", "-o", "out")
        #expect(outcome.status == 65)
        let told = "would have 439,454 row groups, of which readers take 32,767; row_group: 229376 makes few enough"
        #expect(outcome.errors.hasPrefix("error: many.yaml:3:"), "\(outcome.errors)")
        #expect(outcome.errors.contains(told), "\(outcome.errors)")
        let enough = try workspace.run("recipe", "many.yaml", "--dry-run", "--set", "outputs.parquet.row_group=229376")
        #expect(enough.status == 0, "\(enough.errors)")
    }

    @Test("leaves the same bytes on any number of threads, after an interruption, and with the resolved recipe")
    func bytes() throws {
        let recipe = """
            dataset: {duration: 8000s}
            replicas: {count: 100}
            outputs: {csv: true, parquet: {columns: [timestamp, sensor_id, temperature, event_id]}}
            """
        try workspace.expectSameBytes(of: recipe)
    }

    @Test(
        "refuses options that mean nothing to it, in words",
        arguments: [
            ("{compression: zst}", "expected one of zstd, snappy, none, found zst; did you mean zstd?"),
            (
                "{compression: gzip}",
                "pages are compressed by zstd, snappy, or not at all: expected zstd, snappy or none"
            ),
            ("{compression: snappy, level: 1}", "snappy has no levels"),
            ("{compression: none, level: 3}", "a file that is not compressed has no level"),
            ("{row_group: 20000}", "20000 is not a multiple of 16384"),
            ("{timestamps: epoch_s}", "have a type of their own, in microseconds: expected naive or utc"),
            ("{page_size: 4096}", "concerns sqlite only, not parquet"),
            ("{layout: narrow}", "not parquet"),
        ]
    )
    func refusals(options: String, told: String) throws {
        try workspace.write("\(Samples.small)\noutputs: {parquet: \(options)}\n", to: "wrong.yaml")
        let outcome = try workspace.run("recipes", "check", "wrong.yaml")
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains(told), "\(outcome.errors)")
    }
}
