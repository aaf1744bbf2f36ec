import Foundation
import Testing

@Suite("The same recipe", .timeLimit(.minutes(30)))
struct DeterminismTests {
    private let workspace: Workspace

    /// 43,200 readings: several blocks, the last one not full.
    private static let options = ["--json", "--set", "simulation.interval=1s"]

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.nasty, to: "nasty.yaml")
    }

    private func generate(
        _ recipe: String,
        to output: String,
        _ options: String...,
        environment: [String: String] = [:]
    ) throws -> Summary {
        let outcome = try workspace.run(
            ["recipe", recipe, "-o", output] + Self.options + options,
            environment: environment
        )
        try #require(outcome.status == 0, "\(outcome.errors)")
        return try outcome.decoded()
    }

    @Test("gives the same files with any number of threads, at any time, in any folder, locale and time zone")
    func threads() throws {
        let one = try generate("nasty.yaml", to: "one", "--threads", "1")
        #expect(one.readings == 43_200)
        #expect(try workspace.names(in: "one") == DatasetFile.all)
        for threads in ["2", "7"] {
            _ = try generate(
                "nasty.yaml",
                to: "deep/er/\(threads)",
                "--threads",
                threads,
                environment: ["TZ": "Asia/Kolkata", "LC_ALL": "de_DE.UTF-8", "HOME": "/nowhere", "USER": "nobody"]
            )
            #expect(try workspace.differences("one", "deep/er/\(threads)") == [])
        }
    }

    @Test("is in the dataset, and gives it again under any environment")
    func resolved() throws {
        _ = try generate(
            "nasty.yaml",
            to: "first",
            "--seed",
            "99",
            environment: ["ANOMALY_PROBABILITY": "0.1"]
        )
        let other = [
            "SENSOR_INTERVAL": "9", "ANOMALY_PROBABILITY": "0.5", "SENSOR_LOCATION": "Bergen", "LOG_LEVEL": "ERROR",
            "MONITORING_PORT": "1234",
        ]
        try FileManager.default.createDirectory(atPath: workspace.path("elsewhere"), withIntermediateDirectories: true)
        try workspace.write(workspace.text("first/recipe.yaml"), to: "elsewhere/again.yaml")
        let outcome = try workspace.run("recipe", "elsewhere/again.yaml", "-o", "second", environment: other)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try workspace.differences("first", "second") == [])
        // The same variables would otherwise have changed the data.
        #expect(try workspace.text("first/recipe.yaml").contains("probability: 0.1\n"))
    }

    @Test("gives other data with another seed")
    func seeds() throws {
        let one = try generate("nasty.yaml", to: "one", "--seed", "1")
        let two = try generate("nasty.yaml", to: "two", "--seed", "2")
        #expect(one.contentSHA256 != two.contentSHA256)
        #expect(try workspace.bytes("one/readings.csv.gz") != workspace.bytes("two/readings.csv.gz"))
    }

    @Test("gives the same zstd files with any number of threads")
    func frames() throws {
        let outputs = "outputs={csv: {compression: zstd}, jsonl: {compression: zstd, level: 4}}"
        for threads in ["1", "2", "7"] {
            _ = try generate("nasty.yaml", to: threads, "--threads", threads, "--set", outputs)
            #expect(try workspace.differences("1", threads) == [])
        }
    }

    @Test("has the same content and text with any compression")
    func compression() throws {
        let plain = try generate("nasty.yaml", to: "plain", "--set", "outputs={csv: {compression: none}}")
        let text = try workspace.bytes("plain/readings.csv")
        var sizes: [Int] = []
        for level in [1, 6, 9] {
            let folder = "level\(level)"
            let packed = try generate(
                "nasty.yaml",
                to: folder,
                "--set",
                "outputs={csv: {compression: gzip, level: \(level)}}"
            )
            #expect(packed.contentSHA256 == plain.contentSHA256)
            #expect(try workspace.shell("gzip -dc \(folder)/readings.csv.gz > \(folder).csv").status == 0)
            #expect(try workspace.bytes("\(folder).csv") == text)
            sizes.append(packed.bytes)
        }
        for level in [1, 12] {
            let options = "outputs={csv: {compression: zstd, level: \(level)}}"
            let packed = try generate("nasty.yaml", to: "zstd\(level)", "--set", options)
            #expect(packed.contentSHA256 == plain.contentSHA256)
            #expect(try workspace.shell("zstd -dcq zstd\(level)/readings.csv.zst > zstd.csv").status == 0)
            #expect(try workspace.bytes("zstd.csv") == text)
            #expect(packed.bytes < sizes[0])
        }
        #expect(plain.bytes > sizes[0] && sizes[0] > sizes[1] && sizes[1] >= sizes[2], "\(plain.bytes) \(sizes)")
    }

    @Test("keeps a shorter run's readings in a longer one, and a smaller fleet's in a larger one")
    func stability() throws {
        let recipe = "replicas: {count: 3, prefix: P}\nsimulation: {interval: 10s}\nanomalies: {probability: 0.2}"
        try workspace.write(recipe, to: "fleet.yaml")
        let options = ["--set", "outputs={csv: {compression: none}}"]
        func lines(_ folder: String, sensors: String, duration: String) throws -> [String: Set<Substring>] {
            let outcome = try workspace.run(
                ["recipe", "fleet.yaml", "-o", folder, "--sensors", sensors, "--duration", duration] + options
            )
            try #require(outcome.status == 0, "\(outcome.errors)")
            var readings: [String: Set<Substring>] = [:]
            for line in try workspace.text("\(folder)/readings.csv").split(separator: "\n").dropFirst() {
                // All but the id, which is the position in the dataset.
                let fields = line.split(separator: ",", maxSplits: 3, omittingEmptySubsequences: false)
                readings[String(fields[2]), default: []].insert(line.dropFirst(fields[0].count))
            }
            return readings
        }
        let small = try lines("small", sensors: "3", duration: "1h")
        let long = try lines("long", sensors: "3", duration: "3h")
        let wide = try lines("wide", sensors: "5", duration: "1h")
        #expect(small.count == 3 && wide.count == 5)
        for (sensor, readings) in small {
            #expect(readings.count == 360)
            #expect(readings.isSubset(of: long[sensor] ?? []), "\(sensor), longer")
            #expect(readings == wide[sensor], "\(sensor), larger fleet")
        }
    }
}
