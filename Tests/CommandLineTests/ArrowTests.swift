import Foundation
import Testing

@Suite("Arrow", .timeLimit(.minutes(30)))
struct ArrowTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    /// Writes a dataset with readings in CSV and Arrow, and the same to a pipe, which all readers must find equal.
    private func compare(_ recipe: String, _ options: String = "true", clean: Bool = false) throws -> Findings {
        // Columns that are there only where they are named.
        let csv = options.contains("columns") ? options : "true"
        try workspace.write(
            "\(recipe)\noutputs: {csv: \(csv), arrow: \(options), clean: \(clean)}\n",
            to: "arrow.yaml"
        )
        try workspace.write("\(recipe)\noutputs: {arrow: \(options), clean: \(clean)}\n", to: "stream.yaml")
        try workspace.generate("arrow.yaml", to: "out", "--overwrite")
        let line = "for n in 1 2 7; do $TOOL recipe stream.yaml -o - --threads $n > stream$n; done; cmp stream1 stream2"
        #expect(try workspace.shell("\(line) && cmp stream1 stream7").status == 0)
        let findings: Findings = try workspace.read(with: "arrow_ipc", workspace.path("out"), workspace.path("stream1"))
        #expect(findings.problems == [])
        for options in [[], ["--regenerate"]] {
            let outcome = try workspace.run(["verify", "out"] + options)
            // What arrives does not tell all readings, nor do some of the columns.
            let isTold = outcome.notes.isEmpty || options.isEmpty && (recipe.contains("delivery:") || csv != "true")
            #expect(outcome.status == 0 && isTold, "\(outcome.errors)\(outcome.output)")
        }
        return findings
    }

    @Test(
        "is read by PyArrow, Polars, pandas and DuckDB as the CSV, cell by cell, from a file and from a pipe",
        arguments: [("true", "time"), ("{timestamps: utc}", "sensor")]
    )
    func readers(options: String, order: String) throws {
        let findings = try compare(Samples.nasty(order: order, interval: "2s"), options, clean: true)
        #expect(findings["rows"] > 20_000 && findings["nulls"] > 10_000)
        #expect(findings["batches"] == 2 && findings["int8 codes"] == 10 && findings["streams"] == 1)
        #expect(findings["utc"] == (options.contains("utc") ? 1 : 0))
        #expect(findings["cells"] >= 6 * findings["rows"] * 26)
    }

    @Test(
        "holds chosen columns, metrics and states of one's own, a single row, and columns that are NULL throughout",
        arguments: [
            (Samples.mixed, "{columns: [event_id, door, difficulty, timestamp, sensor_id, clean_co2, id]}", 7),
            (Samples.mixed.replacing("3h", with: "1h"), "{}", 0),
            ("dataset: {duration: 1s}\nsensor: {id: ONE}\nanomalies: {enabled: false}", "{}", 22),
        ]
    )
    func shapes(recipe: String, options: String, columns: Int) throws {
        let findings = try compare(recipe, options, clean: options != "{}")
        #expect(columns == 0 || findings["cells"] == findings["rows"] * columns * 6)
        #expect(findings["rows"] >= 1)
        #expect(columns != 22 || findings["null columns"] > 0 && findings["full columns"] > 0)
    }

    @Test("holds 64 metrics, and numbers of texts in two bytes")
    func wide() throws {
        let metrics = (1...64)
            .map { "  m\($0): {unit: u, resolution: 0.01, mean: \($0), std_dev: 2, min: -50, max: 200}" }
        let recipe = """
            dataset: {duration: 5s}
            replicas: {count: 200}
            metrics:
            \(metrics.joined(separator: "\n"))
            """
        let findings = try compare(recipe)
        #expect(findings["cells"] > 6 * 1_000 * 80 && findings["int16 codes"] == 2)
    }

    @Test("holds nothing, what arrives, and the parts of splits")
    func others() throws {
        let nothing = "dataset: {duration: 1s}\nanomalies: {enabled: false}\ndelivery: {loss: 0.9}"
        let none = try compare(nothing, "{columns: [timestamp, sensor_id, timezone, temperature]}")
        #expect(none["rows"] == 0 && none["batches"] == 0)
        let arrivals =
            Samples.small.replacing("duration: 10m", with: "duration: 6h")
            + "\ndelivery: {jitter: 200ms, late: {share: 0.03, delay: [5m, 2h]}, order: arrival}"
        #expect(try compare(arrivals)["rows"] > 20_000)
        let splits = Samples.small + "\nsplits: {validation_from: 4m, test_from: 7m, embargo: 30s}"
        #expect(try compare(splits)["rows"] == 600)
    }

    @Test("tells all readings by itself")
    func source() throws {
        try workspace.write("\(Samples.mixed)\noutputs: {arrow: true, clean: true}\n", to: "alone.yaml")
        try workspace.generate("alone.yaml", to: "out")
        try workspace.expectTellsAllReadings(auditing: "arrow")
    }

    @Test("goes to a pipe in part: some columns, times and sensors")
    func part() throws {
        try workspace.write("\(Samples.mixed)\noutputs: {csv: {compression: none}}\n", to: "csv.yaml")
        let options = "--from 2025-01-05T01:00 --to 2025-01-05T02:00 --only-sensors 'C*2' --columns id,door,sensor_id"
        let program = """
            import csv, sys
            import pyarrow.ipc
            rows = list(csv.DictReader(open("part.csv")))
            table = pyarrow.ipc.open_stream("part.arrow").read_all()
            found = [{key: None if value is None else str(value) for key, value in row.items()} for row in table.to_pylist()]
            assert found == [{key: value or None for key, value in row.items()} for row in rows], found[:2]
            assert len(rows) > 2000 and table.num_columns == 3
            # Texts of sensors that are not asked for are not sent.
            assert len(set(table["sensor_id"].chunk(0).dictionary)) == 1, table["sensor_id"].chunk(0).dictionary
            """
        try workspace.write(program, to: "part.py")
        let line = try """
        $TOOL recipe csv.yaml -o - \(options) > part.csv && \
        $TOOL recipe csv.yaml -o - --format arrow \(options) > part.arrow && \
        \(Locations.python().path()) part.py
        """
        let outcome = try workspace.shell(line)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }

    @Test("is found to be damaged, or wrong, row and column by name")
    func damage() throws {
        // A value, what is NULL, a code, texts, the schema, the footer, and what frames them.
        let cases = [
            ("data[data.index((7).to_bytes(8, 'little') + (8).to_bytes(8, 'little'))] = 9", "id is 9, not 7"),
            ("data[data.index(b'Oslo')] = ord('P')", "location is "),
            ("data[data.index(b'pressure')] = ord('q')", "it has the columns id, timestamp, sensor_id"),
            ("data[data.rindex(b'pressure')] = ord('q')", "its footer tells of other columns"),
            ("data[8] = 0", "it has no message where one should be, at byte 8"),
            ("del data[-9:]", "it does not begin and end as a file of Arrow"),
            ("del data[len(data) // 2:-6]", "readings.arrow: it "),
            ("data[-7] ^= 0xff", "its footer cannot be read"),
        ]
        try workspace.expectDamageTold(of: "arrow", cases)
    }

    @Test("is refused or named, wherever a byte is another one")
    func anyByte() throws {
        try workspace.write("dataset: {duration: 40s}\noutputs: {csv: true, arrow: true}\n", to: "arrow.yaml")
        try workspace.generate("arrow.yaml", to: "out")
        let whole = try workspace.bytes("out/readings.arrow")
        var found = 0
        for place in stride(from: 3, to: whole.count, by: whole.count / 40) {
            var bytes = whole
            bytes[place] ^= 0xff
            try workspace.write(bytes, to: "out/readings.arrow")
            try #require(try workspace.shell(Workspace.newSums).status == 0)
            let outcome = try workspace.run("verify", "out")
            // What fills gaps between buffers may be anything.
            #expect([0, 76].contains(outcome.status), "byte \(place): \(outcome.errors)")
            if outcome.status == 76 { found += 1 }
        }
        #expect(found > 20)
    }

    @Test("leaves the same bytes on any number of threads, after an interruption, and with the resolved recipe")
    func bytes() throws {
        let recipe = """
            dataset: {duration: 8000s}
            replicas: {count: 100}
            outputs: {csv: true, arrow: {columns: [timestamp, sensor_id, temperature, event_id]}}
            """
        try workspace.expectSameBytes(of: recipe, threads: "7")
    }

    @Test(
        "refuses options that mean nothing to it, in words",
        arguments: [
            (
                "{compression: gzip}",
                "concerns csv, jsonl, influx, clickhouse, pgcopy, openmetrics and parquet only, not arrow"
            ),
            (
                "{timestamps: epoch_s}",
                "times of Arrow have a type of their own, in microseconds: expected naive or utc"
            ),
            ("{row_group: 16384}", "concerns parquet only, not arrow"), ("{layout: narrow}", "not arrow"),
        ]
    )
    func refusals(options: String, told: String) throws {
        try workspace.write("\(Samples.small)\noutputs: {arrow: \(options)}\n", to: "wrong.yaml")
        let outcome = try workspace.run("recipes", "check", "wrong.yaml")
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains(told), "\(outcome.errors)")
    }
}
