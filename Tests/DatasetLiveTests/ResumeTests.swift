import DatasetFiles
import DatasetGen
import DatasetLive
import Foundation
import Synchronization
import Testing

@Suite("A run that goes on") struct ResumeTests {
    private static let recipe = """
        dataset: {seed: 3, start: 2026-05-01, duration: 10m}
        replicas: {count: 7}
        anomalies: {probability: 0.2}
        """

    /// Options that stop a run once the clock has gone some seconds.
    private func stopping(after seconds: Double, _ clock: ManualClock) -> LiveOptions {
        let begin = clock.now().microseconds
        var options = LiveOptions()
        options.isStopRequested = { Double(clock.now().microseconds - begin) / 1e6 >= seconds }
        return options
    }

    @Test("has every reading once, however often it was stopped")
    func resumes() async throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        for seconds in [13.0, 0, 100, 20.5] {
            let outcome = try fixture.run(
                Self.recipe,
                "database.batch_size=100",
                "database.json_lines=\(fixture.folder)/live.jsonl",
                clock: clock,
                options: stopping(after: seconds, clock)
            )
            #expect(outcome == .stopped)
            clock.advance(seconds: 30)
            // What a killed process had written behind its last checkpoint.
            try fixture.append("rest of a line", to: "live.jsonl")
        }
        let outcome = try fixture.run(
            Self.recipe,
            "database.json_lines=\(fixture.folder)/live.jsonl",
            clock: clock
        )
        #expect(outcome == .finished)
        let batch = try await fixture.batch(Self.recipe)
        #expect(try fixture.readings() == batch)
        #expect(try fixture.text("live.jsonl").split(separator: "\n").count == batch.count)
        #expect(try fixture.values("SELECT count(*) FROM live_versions") == [1])
    }

    @Test("keeps the seed that was drawn")
    func seed() throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        let recipe = "simulation: {run_time_seconds: 60}"
        _ = try fixture.run(recipe, clock: clock, options: stopping(after: 10, clock))
        let seeds: [String] = try fixture.values("SELECT seed FROM live_versions")
        _ = try fixture.run(recipe, clock: clock)
        #expect(try fixture.values("SELECT DISTINCT seed FROM live_versions") == seeds)
        #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [60])
    }

    @Test("follows a recipe that was edited meanwhile, if it is to keep the database")
    func edited() throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        _ = try fixture.run(Self.recipe, clock: clock, options: stopping(after: 100, clock))
        _ = try fixture.run(
            Self.recipe,
            "database.preserve_existing_db=true",
            "anomalies.probability=0.5",
            clock: clock
        )
        #expect(try fixture.values("SELECT first_tick FROM live_versions ORDER BY version") == [0, 101])
        #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [4_200])
        #expect(try fixture.names() == ["live.db"])
    }

    @Test("sets the database of another run aside, unless it is to keep it")
    func replaces() throws {
        let fixture = try LiveFixture()
        _ = try fixture.run(Self.recipe)
        _ = try fixture.run(Self.recipe)
        #expect(try fixture.names() == ["live-20260501T120000Z.db", "live.db"])
        #expect(try fixture.readings(of: fixture.folder + "/live-20260501T120000Z.db") == fixture.readings())
        _ = try fixture.run(Self.recipe, "database.preserve_existing_db=true")
        #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [8_400])
        #expect(try fixture.values("SELECT first_reading FROM live_versions ORDER BY version") == [1, 4_201])
    }

    @Test("sets even its own database aside where the recipe says not to preserve it")
    func replacesItsOwn() throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        _ = try fixture.run(Self.recipe, clock: clock, options: stopping(after: 100, clock))
        _ = try fixture.run(Self.recipe, "database.preserve_existing_db=false", clock: clock)
        #expect(try fixture.names().count == 2)
        #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [4_200])
    }

    @Test("appends to the SQLite file of a batch run")
    func appendsToBatch() async throws {
        let fixture = try LiveFixture()
        let recipe = try fixture.recipe("dataset: {duration: 60s, seed: 1}", "outputs=[sqlite]").recipe
        _ = try await DatasetWriter(GenerationPlan(recipe)).write(to: fixture.folder + "/batch")
        try fixture.copy("batch/readings.sqlite", to: "live.db")
        _ = try fixture.run(Self.recipe, "database.preserve_existing_db=true")
        #expect(try fixture.values("SELECT max(id) FROM sensor_data") == [4_260])
        #expect(try fixture.values("SELECT first_reading FROM live_versions") == [61])
    }
}
