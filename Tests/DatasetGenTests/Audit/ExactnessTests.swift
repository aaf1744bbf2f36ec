import DatasetChecks
import DatasetGen
import Foundation
import Testing

/// Audits of whole datasets: untouched ones pass, and every change of a file is found and named.
@Suite
struct ExactnessTests {
    /// A figure of a report without the name of the file.
    private func figures(_ report: AuditReport) -> [JSONValue.Member] {
        report.json.members.filter { $0.key != "file" }
    }

    @Test(arguments: ["time", "sensor"], ["naive", "utc", "epoch_s", "epoch_ms", "epoch_us", "epoch_ns"])
    func untouchedDatasetsPassInEveryFormat(order: String, timestamps: String) async throws {
        let dataset = try await AuditedDataset(
            """
            dataset: {order: \(order), duration: 2h, start: 1969-12-31T23:00:00Z}
            simulation: {interval: 7s}
            replicas: {count: 3, prefix: "a,\\"b"}
            normal_parameters: {temperature: {resolution: 0.0625}, humidity: {resolution: 1}}
            anomalies:
              probability: 0.2
              types: {missing_data: {duration: 1m, modes: [null, omit]}, trend: {duration: 1m}}
            outputs:
              csv: {timestamps: \(timestamps)}
              jsonl: {timestamps: \(timestamps)}
              sqlite: {timestamps: \(timestamps)}
              influx: {}
              clickhouse: {}
              pgcopy: {}
              parquet: {}
              arrow: {}
            """
        )
        // OpenMetrics has the order of time alone, and no flag that could be checked: other tests audit it.
        let reports = try OutputFormat.allCases.filter { $0 != .openmetrics }.map { try dataset.audit($0) }
        for report in reports {
            #expect(report.isExact, "\(report.fileName): \(report.findings.map(\.description))")
            #expect(figures(report) == figures(reports[0]))
        }
        let texts = ["csv", "jsonl", "lp", "native", "pgcopy"].map { "readings.\($0).gz" }
        #expect(Set(reports.map(\.fileName)) == Set(["readings.sqlite", "readings.parquet", "readings.arrow"] + texts))
        #expect(try dataset.audit().fileName == "readings.csv.gz")
        #expect(reports[0].readings == dataset.plan.rows.count)
        #expect(reports[0].rows < reports[0].readings)
    }

    @Test func figuresAreThoseOfTheDataset() async throws {
        let dataset = try await AuditedDataset()
        let report = try dataset.audit()
        #expect(report.isExact)
        let missing = try #require(report.oneLiners.first { $0.type == .missingData })
        #expect(missing.oneLiner.feature == .isMissing)
        #expect(missing.f1 == 1)
        for figure in report.oneLiners { #expect(figure.f1 > figure.chanceF1, "\(figure.type)") }
        for share in report.shares {
            #expect(share.isAsAsked != .no, "\(share.name): \(share.realised) for \(share.asked)")
        }
        let spikes = try #require(report.edgeSteps.first { $0.type == .spike })
        #expect(spikes.intoShare > 0.5)
        for position in report.positions { #expect(position.pValue > 1e-4, "\(position.type)") }
        let table = ReadingTable(dataset.plan)
        #expect(report.density.events == Int64(table.events.count))
        #expect(report.density.longestEventReadings == 12)
        for type in AnomalyType.allCases {
            let events = table.events.filter { $0.type == type }
            #expect(report.oneLiners.first { $0.type == type }?.events == Int64(events.count))
        }
        for leak in report.leaks { #expect(leak.leaks != .yes, "\(leak.subject): \(leak.auc ?? 0)") }
    }

    @Test func changedRowsAreNamed() async throws {
        let dataset = try await AuditedDataset()
        let good = try dataset.bytes("readings.csv")
        func expect(
            _ kinds: [AuditFinding.Kind: Int64],
            sourceLocation: SourceLocation = #_sourceLocation,
            _ change: (inout [String]) throws -> Void
        ) throws {
            try dataset.write(good, to: "readings.csv")
            try dataset.change("readings.csv", change)
            #expect(try dataset.findings() == kinds, sourceLocation: sourceLocation)
        }
        func normal(_ lines: [String], from first: Int = 100) throws -> Int {
            try #require(lines.indices.first { $0 >= first && lines[$0].contains(",0,0,,") })
        }
        try expect([.labelOutsideEvent: 1]) { lines in
            let row = try normal(lines)
            lines[row] = lines[row].replacingOccurrences(of: ",0,0,,", with: ",1,1,spike,")
        }
        try expect([.contradictoryLabel: 1]) { lines in
            let row = try normal(lines)
            lines[row] = lines[row].replacingOccurrences(of: ",0,0,,", with: ",0,1,,")
        }
        try expect([.labelMissing: 1]) { lines in
            let row = try #require(lines.firstIndex { $0.contains(",1,1,trend,") })
            lines[row] = lines[row].replacingOccurrences(of: ",1,1,trend,", with: ",0,0,,")
        }
        try expect([.labelOfOtherType: 1]) { lines in
            let row = try #require(lines.firstIndex { $0.contains(",1,1,trend,") })
            lines[row] = lines[row].replacingOccurrences(of: ",1,1,trend,", with: ",1,1,noise,")
        }
        try expect([.unlabelledChange: 1]) { lines in
            let row = try normal(lines)
            var fields = lines[row].components(separatedBy: ",")
            fields[3] = fields[3].hasSuffix("1") ? fields[3].dropLast() + "2" : fields[3].dropLast() + "1"
            lines[row] = fields.joined(separator: ",")
        }
        try expect([.inexactValue: 1]) { lines in
            let row = try normal(lines)
            var fields = lines[row].components(separatedBy: ",")
            fields[3] += "0"
            lines[row] = fields.joined(separator: ",")
        }
        try expect([.unlabelledChange: 1]) { lines in
            let row = try normal(lines)
            var fields = lines[row].components(separatedBy: ",")
            fields[6] = ""
            lines[row] = fields.joined(separator: ",")
        }
        try expect([.missingRow: 1]) { lines in lines.remove(at: try normal(lines)) }
        try expect([.misplacedRow: 1]) { lines in
            let row = try normal(lines)
            lines.insert(lines[row], at: row + 1)
        }
        try expect([.misplacedRow: 1, .missingRow: 1]) { lines in
            let row = try normal(lines)
            lines.swapAt(row, row + 1)
        }
        try expect([.unreadableRow: 1, .missingRow: 1]) { lines in lines[try normal(lines)] = "nonsense" }
        try expect([.unreadableRow: 1, .missingRow: 1]) { lines in
            let row = try normal(lines)
            lines[row] = lines[row].replacingOccurrences(of: ",S_00000", with: ",T_00000")
        }
        try expect([.misplacedRow: 1]) { lines in
            let row = try normal(lines)
            lines[row] = lines[row].replacingOccurrences(of: "2025-01-05", with: "2025-01-06")
        }
        try expect([.misplacedRow: 1]) { lines in lines.insert("0" + lines[1].dropFirst(), at: lines.count - 1) }
        // The last line feed may be missing, and lines may end in CRLF.
        try expect([:]) { lines in lines.removeLast() }
        try expect([:]) { lines in lines = lines.map { $0.isEmpty ? $0 : $0 + "\r" } }
    }

    @Test func aRowThatAnEventOmitsIsFound() async throws {
        let dataset = try await AuditedDataset()
        try dataset.change("events.csv") { lines in
            let row = try #require(lines.firstIndex { $0.contains(",blank,") })
            lines[row] = lines[row].replacingOccurrences(of: ",blank,", with: ",omit,")
        }
        #expect(try dataset.findings() == [.omittedRowPresent: 6])
    }

    @Test func changedEventsAreNamed() async throws {
        let dataset = try await AuditedDataset()
        let good = try dataset.bytes("events.csv")
        func expect(
            _ kinds: Set<AuditFinding.Kind>,
            sourceLocation: SourceLocation = #_sourceLocation,
            _ change: (inout [String]) throws -> Void
        ) throws {
            try dataset.write(good, to: "events.csv")
            try dataset.change("events.csv") { rows in
                // The first whole trend, to be changed field by field.
                let index = try #require(rows.firstIndex { $0.contains(",trend,") && $0.hasSuffix(",0") })
                var fields = rows[index].components(separatedBy: ",")
                try change(&fields)
                rows[index] = fields.joined(separator: ",")
            }
            #expect(Set(try dataset.findings().keys) == kinds, sourceLocation: sourceLocation)
        }
        try expect([.event, .labelOutsideEvent]) { $0[5] = "2025-01-05T23:59:59.000000" }
        try expect([.event, .labelOutsideEvent]) { $0[8] = "11" }
        try expect([.event, .labelOutsideEvent]) { $0[1] = "S_000009" }
        try expect([.event, .labelOutsideEvent]) { $0[6] = "x" }
        try expect([.labelOfOtherType]) { $0[2] = "noise" }
        try expect([.unlistedMetric]) { $0[3] = $0[3] == "pressure" ? "voltage" : "pressure" }
        // A whole event with one reading more.
        try expect([.labelMissing, .lastReadingUnchanged]) { fields in
            fields[7] = String(try #require(Int(fields[7])) + 5)
            fields[8] = "13"
            let end = try #require(SimulatedTime(parsing: fields[5]))
            fields[5] = SimulatedTime(microseconds: end.microseconds + 10_000_000).text
        }
        // The same event twice.
        try expect([.touchingEvents]) { fields in fields[14] += "\n" + fields.joined(separator: ",") }
        try dataset.write(Data(), to: "events.csv")
        #expect(try dataset.findings()[.file] != nil)
    }

    @Test func furtherColumnsAreToleratedAndDifficultyIsReported() async throws {
        let dataset = try await AuditedDataset()
        try dataset.change("readings.csv") { lines in
            for index in lines.indices where !lines[index].isEmpty {
                lines[index] = "more," + lines[index] + (index == 0 ? ",clean_temperature" : ",21.5")
            }
        }
        try dataset.change("events.csv") { lines in
            for index in lines.indices where !lines[index].isEmpty {
                lines[index] +=
                    index == 0 ? ",peak_snr,difficulty" : ",2.5,\(index.isMultiple(of: 2) ? "easy" : "hard")"
            }
        }
        let report = try dataset.audit()
        #expect(report.isExact, "\(report.findings.map(\.description))")
        let spikes = try #require(report.oneLiners.first { $0.type == .spike })
        #expect(Set(spikes.difficulties.map(\.name)) == ["easy", "hard"])
        #expect(spikes.difficulties.reduce(0) { $0 + $1.events } == spikes.events)
        #expect(
            spikes.difficulties.reduce(0) { $0 + $1.hits } == Int64((spikes.recall * Double(spikes.events)).rounded())
        )
    }

    @Test func leaksAreFound() async throws {
        let dataset = try await AuditedDataset()
        let good = try dataset.bytes("readings.csv")
        // Anomalous temperatures that all end in a zero.
        try dataset.change("readings.csv") { lines in
            for index in lines.indices where lines[index].contains(",1,1,") {
                var fields = lines[index].components(separatedBy: ",")
                if !fields[3].isEmpty { fields[3] = fields[3].dropLast() + "0" }
                lines[index] = fields.joined(separator: ",")
            }
        }
        let leaks = try dataset.audit().leaks
        #expect(leaks.filter { $0.leaks == .yes }.map(\.subject) == [.decimals])
        // A sensor that is labelled far more often than its equals.
        try dataset.write(good, to: "readings.csv")
        try dataset.change("readings.csv") { lines in
            for index in lines.indices where lines[index].contains(",S_000002,") {
                lines[index] = lines[index].replacingOccurrences(of: ",0,0,,", with: ",1,1,spike,")
            }
        }
        #expect(try dataset.audit().leaks.filter { $0.leaks == .yes }.map(\.subject) == [.sensor])
    }

    @Test func jsonLinesAndSQLiteAreReadAsTheyAre() async throws {
        let dataset = try await AuditedDataset()
        try dataset.change("readings.jsonl") { lines in
            lines.remove(at: 7)
            lines[50] = "{\"extra\":[1,{\"a\":null}]," + lines[50].dropFirst()
            lines[60] = String(lines[60].dropLast())
        }
        #expect(try dataset.findings(.jsonl) == [.missingRow: 2, .unreadableRow: 1])
        let database = dataset.path + "/readings.sqlite"
        let change =
            "UPDATE sensor_data SET pressure = pressure + 0.001 WHERE id = 12; DELETE FROM sensor_data WHERE id = 9"
        #expect(try Programs.run("sqlite3", [database, change]).status == 0)
        let found = try dataset.findings(.sqlite)
        #expect(found[.inexactValue] == 1)
        #expect(found[.missingRow] == 1)
        #expect(try Programs.run("sqlite3", [database, "ALTER TABLE sensor_data DROP COLUMN humidity"]).status == 0)
        #expect(try dataset.findings(.sqlite)[.file] == 1)
    }

    /// Whatever a file holds, an audit ends, and finds something.
    @Test func damageNeverGoesUnnoticedNorCrashes() async throws {
        let dataset = try await AuditedDataset(
            AuditedDataset.recipe.replacingOccurrences(of: "duration: 6h", with: "duration: 20m")
        )
        for name in ["readings.csv", "readings.jsonl", "events.csv", "readings.sqlite"] {
            let good = try dataset.bytes(name)
            let format: OutputFormat = name.hasSuffix("jsonl") ? .jsonl : (name.hasSuffix("sqlite") ? .sqlite : .csv)
            for step in 0..<60 {
                var bad = good
                let position = step * (good.count - 1) / 59
                bad[bad.startIndex + position] ^= UInt8(1 << (step % 7))
                try dataset.write(bad, to: name)
                _ = try dataset.audit(format)
                try dataset.write(good.prefix(position), to: name)
                let cut = try dataset.audit(format)
                #expect(!cut.isExact || position >= good.count - 1, "\(name) cut at \(position)")
            }
            try dataset.write(good, to: name)
            #expect(try dataset.audit(format).isExact)
        }
    }

    @Test func whatCannotBeAuditedIsAnError() async throws {
        let dataset = try await AuditedDataset()
        let nowhere = DatasetAuditor(folder: dataset.path + "/nowhere", plan: dataset.plan)
        #expect(throws: AuditError.noEvents(folder: dataset.path + "/nowhere")) { try nowhere.audit() }
        for name in ["readings.csv", "readings.jsonl", "readings.sqlite"] {
            try FileManager.default.removeItem(atPath: dataset.path + "/" + name)
            guard name == "readings.csv" else { continue }
            let error = AuditError.format(folder: dataset.path, asked: .csv, stored: [.sqlite, .jsonl])
            #expect(throws: error) { try dataset.audit(.csv) }
        }
        #expect(throws: AuditError.noReadings(folder: dataset.path)) { try dataset.audit() }
    }

    @Test(arguments: OutputFormat.usual + [.influx])
    func theStoredTwinIsCheckedToo(format: OutputFormat) async throws {
        let dataset = try await AuditedDataset(
            AuditedDataset.recipe.replacing(
                "sqlite: {}}",
                with: "sqlite: {}, influx: {compression: none}, clean: true}"
            )
        )
        #expect(try dataset.findings(format).isEmpty)
        switch format {
        case .sqlite:
            let outcome = try Programs.run(
                "sqlite3",
                [
                    dataset.path + "/readings.sqlite",
                    "UPDATE sensor_data SET clean_humidity = clean_humidity + 1 WHERE id = 7",
                ]
            )
            #expect(outcome.status == 0)
        case .csv:
            try dataset.change("readings.csv") { $0[7] += "0" }
        case .jsonl:
            try dataset.change("readings.jsonl") { lines in
                lines[6].replace(#""clean":{"temperature":"#, with: #""clean":{"temperature":1"#)
            }
        case .influx:
            try dataset.change("readings.lp") { $0[6].replace("clean_temperature=", with: "clean_temperature=1") }
        default: Issue.record("no change of \(format.title) is known")
        }
        // Another digit changes the value, or its decimals alone.
        let kinds = Set(try dataset.findings(format).keys)
        #expect(kinds == [format == .csv ? .inexactValue : .wrongTwin])
    }
}
