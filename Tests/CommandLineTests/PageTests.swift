import Foundation
import Testing

@Suite("describe --html", .timeLimit(.minutes(30)))
struct PageTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    /// Makes the page of a dataset, which must succeed, and reads it.
    private func page(_ dataset: String, to file: String = "page.html") throws -> DatasetOnPage {
        let outcome = try workspace.run("describe", dataset, "--html", file)
        try #require(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors == "")
        let page: DatasetOnPage = try workspace.read(with: "page", file)
        #expect(page.faults == [])
        return page
    }

    private struct Count: Decodable {
        var name: String
        var events: Int
        var readings: Int
    }

    private static func grouped(_ number: Int) -> String {
        number < 1_000 ? "\(number)" : grouped(number / 1_000) + "," + String(format: "%03d", number % 1_000)
    }

    @Test("shows the shares, difficulties and ranges of the files, and days with their events")
    func figures() throws {
        try workspace.write(Samples.days, to: "days.yaml")
        try workspace.generate("days.yaml", to: "out", "--format", "sqlite")
        let page = try page("out")
        #expect(page.title == "days – dataset" && page.heading == "days")
        #expect(page.sections == ["Fleet", "Anomalies", "Metrics", "Days", "Files"])
        let types: [Count] = try workspace.query(
            "SELECT anomaly_type AS name, count(*) AS events, sum(readings) AS readings FROM events GROUP BY 1",
            of: "out/readings.sqlite"
        )
        #expect(types.count == 5)
        for type in types {
            let row = try #require(page.row(type.name, of: "Shares by type"))
            #expect(Array(row[1...2]) == [Self.grouped(type.events), Self.grouped(type.readings)])
        }
        let grades: [Count] = try workspace.query(
            """
            SELECT anomaly_type || ' ' || difficulty AS name, count(*) AS events, 0 AS readings FROM events
            WHERE difficulty IS NOT NULL GROUP BY 1
            """,
            of: "out/readings.sqlite"
        )
        let found = try #require(page.tables["Difficulty by type"])
        let counts = found.rows
            .flatMap { row in
                zip(["easy", "medium", "hard"], row.dropFirst()).map { "\(row[0]) \($0) \($1.prefix { $0 != " " })" }
            }
            .filter { !$0.hasSuffix(" 0") }
        #expect(Set(counts) == Set(grades.map { "\($0.name) \($0.events)" }))
        #expect(page.days == ["day1-title day1-description", "day2-title day2-description"])
        #expect(Set(page.metrics.keys) == ["temperature (°C)", "humidity (%RH)", "pressure (hPa)", "voltage (V)"])
        let ranges: [Count] = try workspace.query(
            "SELECT 'x' AS name, count(temperature) AS events, count(*) - count(temperature) AS readings FROM sensor_data",
            of: "out/readings.sqlite"
        )
        let moments = try #require(page.metrics["temperature (°C)"]?.table.rows)
        #expect(moments.first { $0[0] == "readings" }?[2] == Self.grouped(ranges[0].events))
        #expect(moments.first { $0[0] == "NULL" }?[2] == Self.grouped(ranges[0].readings))
        #expect(page.foot.contains("Distributions and correlations are of all readings."))
        #expect(page.pictures.contains { $0.hasPrefix("Map of the fleet: Oslo") })
    }

    @Test("is the same page whatever the formats, in shards and at any time, but for the list of files")
    func formats() throws {
        try workspace.write(Samples.groups(duration: "1h"), to: "groups.yaml")
        try workspace.generate("groups.yaml", to: "sqlite", "--format", "sqlite")
        try workspace.generate("groups.yaml", to: "others", "--format", "parquet,jsonl,csv")
        for shard in ["0/2", "1/2"] {
            try workspace.generate("groups.yaml", to: "shards", "--format", "csv", "--shard", shard)
        }
        let pending = try workspace.run("describe", "shards", "--html", "none.html")
        #expect(pending.status == 66 && pending.errors.contains("not merged"), "\(pending.errors)")
        #expect(!workspace.exists("none.html"))
        #expect(try workspace.run("merge", "shards").status == 0)
        var pages: [DatasetOnPage] = []
        for dataset in ["sqlite", "others", "shards"] {
            pages.append(try page(dataset, to: dataset + ".html"))
            let text = try workspace.text(dataset + ".html")
            #expect(try workspace.run("describe", dataset, "--html", "-").output == text)
        }
        for page in pages {
            #expect(
                page.metrics == pages[0].metrics && page.pictures == pages[0].pictures && page.foot == pages[0].foot
            )
            for (caption, table) in page.tables where !caption.hasPrefix("Files") {
                #expect(table == pages[0].tables[caption], "\(caption)")
            }
        }
        // A state is counted by its names.
        #expect(pages[0].metrics["door"]?.table.rows.map { $0[0] } == ["open", "shut"])
    }

    @Test("shows incidents and what they do to which sensor, as the events have it; so do the text and the JSON")
    func incidents() throws {
        try workspace.generate("site-outage.yaml", to: "out", "--format", "sqlite")
        let page = try page("out")
        let causes: [Count] = try workspace.query(
            """
            SELECT substr(cause_id, 1, instr(cause_id, '-') - 1) AS name, count(DISTINCT cause_id) AS readings, count(*) AS events
            FROM events WHERE cause_id IS NOT NULL GROUP BY 1
            """,
            of: "out/readings.sqlite"
        )
        #expect(causes.count == 4)
        let text = try workspace.run("describe", "out").output
        struct Described: Decodable {
            struct Cause: Decodable {
                var cause: String
                var incidents: Int
                var events: Int
            }
            var rows: Int
            var incidents: [Cause]
        }
        let json: Described = try workspace.run("describe", "out", "--json").decoded()
        for cause in causes {
            let row = try #require(page.row(cause.name, of: "Causes"))
            #expect(row[3] == "\(cause.readings)" && row[5] == "\(cause.events)", "\(row)")
            #expect(
                json.incidents.contains {
                    $0.cause == cause.name && $0.incidents == cause.readings && $0.events == cause.events
                }
            )
            let line = text.split(separator: "\n").map { $0.split(separator: " ") }
                .first { $0.first == cause.name[...] }
            #expect(line?.last == "\(cause.events)")
        }
        struct Hit: Decodable {
            var cause_id: String
            var sensors: Int
            var sensor_id: String
        }
        let hits: [Hit] = try workspace.query(
            "SELECT cause_id, count(*) AS sensors, min(sensor_id) AS sensor_id FROM events WHERE cause_id IS NOT NULL GROUP BY 1",
            of: "out/readings.sqlite"
        )
        let shown = try #require(page.tables["The 16 incidents on most sensors"])
        #expect(shown.rows.count == 16)
        for row in shown.rows {
            let hit = try #require(hits.first { $0.cause_id == row[0] })
            #expect(row[5] == "\(hit.sensors)")
            #expect(row[6].contains("\(hit.sensor_id): "), "\(row[6])")
        }
        let fewest = try #require(shown.rows.compactMap { Int($0[5]) }.min())
        #expect(hits.count { $0.sensors > fewest } < 16)
    }

    @Test("says how it samples what is too large to be looked at whole")
    func sampled() throws {
        try workspace.write(
            """
            dataset: {name: wide, duration: 20s}
            replicas: {count: 20000}
            simulation: {interval: 10s}
            random_location: {enabled: true, number_of_cities: 30}
            anomalies: {probability: 0.1, types: {spike: {}}}
            """,
            to: "wide.yaml"
        )
        try workspace.generate("wide.yaml", to: "out", "--format", "csv")
        let page = try page("out")
        #expect(page.foot[1].contains("512 readings of 256 of 20,000 sensors"))
        #expect(page.foot[2].contains("of 10,000 of 20,000 sensors"))
        #expect(page.tables["Places"]?.rows.count == 12 && page.text.contains("and 18 other places"))
        // Scaled up, the sample has about as many events as there are.
        let events = try #require(page.row("all", of: "Shares by type")?[1].replacing(",", with: ""))
        let rated = try #require(page.tables["Difficulty by type"]?.rows.first).dropFirst()
            .compactMap { Double($0.prefix { $0 != " " }.replacing(",", with: "")) }.reduce(0, +)
        #expect(abs(rated / (Double(events) ?? 0) - 1) < 0.1, "\(rated), \(events)")
    }

    @Test("shows the parts of splits and what happens on the way, and escapes what HTML would stumble over")
    func sections() throws {
        try workspace.write(Samples.nasty, to: "nasty.yaml")
        let options = [
            "--set", "splits.test_from=2h", "--set", "delivery.loss=0.1",
            "--set", "dataset.description=<script>alert(1)</script>", "--set", "dataset.license=CC-BY-4.0",
        ]
        let outcome = try workspace.run(["recipe", "nasty.yaml", "-o", "out", "--format", "csv"] + options)
        try #require(outcome.status == 0, "\(outcome.errors)")
        let page = try page("out")
        #expect(page.sections == ["Fleet", "Anomalies", "Metrics", "Days", "Splits", "Delivery", "Files"])
        #expect(page.tables["Parts"]?.rows.map { $0[0] } == ["train", "test", "in none"])
        #expect(page.row("lost", of: "Readings on their way").map { $0[2] != "0.00 %" } == true)
        #expect(page.text.contains("<script>alert(1)</script>") && page.text.contains("CC-BY-4.0"))
    }

    @Test("is of a dataset without anomalies, too, and of one reading")
    func plain() throws {
        try workspace.write("dataset: {duration: 1s}\nanomalies: {enabled: false}", to: "one.yaml")
        try workspace.generate("one.yaml", to: "out", "--format", "csv")
        let page = try page("out")
        #expect(page.text.contains("No sensor of this dataset has anomalies."))
        #expect(page.days.count == 1)
    }

    @Test("takes the place of an older page and of nothing else")
    func files() throws {
        try workspace.write(Samples.small, to: "small.yaml")
        try workspace.generate("small.yaml", to: "out", "--format", "csv")
        for _ in 1...2 { #expect(try workspace.run("describe", "out", "--html", "page.html").status == 0) }
        try workspace.write("<!DOCTYPE html>\n<p>mine</p>", to: "mine.html")
        let kept = try workspace.run("describe", "out", "--html", "mine.html")
        #expect(kept.status == 73 && kept.errorLines.count == 1, "\(kept.errors)")
        #expect(try workspace.text("mine.html").hasSuffix("mine</p>"))
        let both = try workspace.run("describe", "out", "--html", "-", "--plot", "-")
        #expect(both.status == 64 && both.errors.contains("--plot - and --html -"), "\(both.errors)")
    }

    @Test(
        "of an incident that the run is too short for, the recipe says so",
        arguments: [["recipes", "check"], ["recipe", "--dry-run"]]
    )
    func lateIncidents(command: [String]) throws {
        try workspace.write(
            """
            dataset: {duration: 2d}
            simulation: {interval: 1m}
            fleet: [{count: 3, location: Oslo}]
            incidents: [{cause: power, at: [12h, 2d, 9d], duration: 1h, effect: {missing_data: {}}}]
            anomalies: {types: {spike: {}}}
            """,
            to: "late.yaml"
        )
        let outcome = try workspace.run(command + ["late.yaml"])
        let note = "note: incidents.0.at: power at 2d, 9d does not happen within this run, which lasts 2d"
        #expect(outcome.status == 0 && outcome.errorLines.contains(note), "\(outcome.errors)")
        let longer = try workspace.run(command + ["late.yaml", "--duration", "10d"])
        #expect(longer.status == 0 && !longer.errors.contains("does not happen"), "\(longer.errors)")
    }
}
