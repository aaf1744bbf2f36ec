import Foundation
import Testing

/// A damaged live database, and what ends the process that saves what is readable of it.
@Suite("A rescue that is interrupted", .timeLimit(.minutes(30)))
struct SalvageTests {
    private static let recipe = """
        dataset: {name: live, seed: 5, start: 2026-05-01}
        replicas: {count: 50}
        simulation: {readings_per_second: 10}
        """

    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Self.recipe, to: "live.yaml")
    }

    private struct Figures: Decodable, Equatable {
        var rows: Int
        var sum: Double
    }

    private var database: String { workspace.path("data/sensor_data.db") }

    /// Rows and what they say of the readings that were there before the damage.
    private func figures(below next: Int) throws -> Figures {
        let rows: [Figures] = try workspace.query(
            "SELECT count(*) AS rows, total(temperature * (id % 97)) AS sum FROM sensor_data WHERE id < \(next)",
            of: "data/sensor_data.db"
        )
        return try #require(rows.first)
    }

    private struct Next: Decodable {
        var next: Int
    }

    /// A database whose second half has been cut off, and the number of the reading behind its checkpoint.
    private func damagedDatabase() throws -> Int {
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "--backfill", "4m", "-q")
        try workspace.waitForReading(120_000, of: run)
        run.send(SIGTERM)
        try #require(try run.outcome().status == 0)
        let next: [Next] = try workspace.query("SELECT next_reading AS next FROM live", of: "data/sensor_data.db")
        let size = try workspace.bytes("data/sensor_data.db").count
        try #require(truncate(database, size / 2) == 0)
        try FileManager.default.copyItem(atPath: database, toPath: workspace.path("damaged.db"))
        return try #require(next.first).next
    }

    private func restore() throws {
        try FileManager.default.removeItem(atPath: workspace.path("data"))
        try FileManager.default.createDirectory(atPath: workspace.path("data"), withIntermediateDirectories: false)
        try FileManager.default.copyItem(atPath: workspace.path("damaged.db"), toPath: database)
    }

    /// A run that goes on, and has written something of its own: whoever ran before may have come as far as `next`.
    private func finish(behind next: Int) throws {
        let last = try workspace.lastReading()
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "-q")
        try workspace.waitForReading(max(next, last + 1), of: run)
        run.send(SIGTERM)
        let outcome = try run.outcome()
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test("by kill -9 at 20 moments: the next one saves as much")
    func killed() throws {
        let next = try damagedDatabase()
        let begin = ContinuousClock.now
        try finish(behind: next)
        let seconds = (ContinuousClock.now - begin) / .seconds(1)
        let whole = try figures(below: next)
        #expect(whole.rows > next * 2 / 5, "\(whole.rows) of \(next)")
        var interrupted = 0
        for round in 0..<20 {
            try restore()
            let run = try workspace.start("recipe", "live.yaml", "--realtime", "-q")
            usleep(UInt32(seconds * 1e6 * (Double(round) + Double.random(in: 0..<1)) / 20))
            run.send(SIGKILL)
            _ = try run.outcome()
            interrupted += try workspace.names(in: "data").contains { $0.contains("salvage") } ? 1 : 0
            try finish(behind: next)
            #expect(try figures(below: next) == whole, "round \(round)")
            let names = try workspace.names(in: "data")
            #expect(names.filter { $0.contains("damaged") && $0.hasSuffix(".db") }.count == 1, "\(names)")
            #expect(!names.contains { $0.contains("salvage") }, "\(names)")
        }
        #expect(interrupted > 0)
    }

    @Test("by SIGTERM: it ends with 0, and the database is as it was, or is saved", arguments: [0.2, 0.5, 0.8])
    func stopped(share: Double) throws {
        let next = try damagedDatabase()
        let begin = ContinuousClock.now
        try finish(behind: next)
        let seconds = (ContinuousClock.now - begin) / .seconds(1)
        let whole = try figures(below: next)
        try restore()
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "-q")
        usleep(UInt32(seconds * 1e6 * share))
        run.send(SIGTERM)
        let outcome = try run.outcome()
        #expect(outcome.status == 0 || outcome.status == -SIGTERM, "\(outcome.errors)")
        try finish(behind: next)
        #expect(try figures(below: next) == whole)
    }
}
