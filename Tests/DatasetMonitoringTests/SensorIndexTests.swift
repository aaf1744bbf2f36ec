import DatasetMonitoring
import Testing

/// Finding a sensor by a part of its id.
@Suite struct SensorIndexTests {
    private let index = SensorIndex(["NY_A1", "SF_B2", "NY_B1", "b"])

    @Test(arguments: [
        ("", ["NY_A1", "SF_B2", "NY_B1", "b"]), ("ny", ["NY_A1", "NY_B1"]), ("B", ["b", "SF_B2", "NY_B1"]),
        ("1", ["NY_A1", "NY_B1"]), ("NY_A1", ["NY_A1"]), ("NY_A12", []), ("1\nS", []), ("é", []),
    ])
    func findsThePartAnywhereAndTheBeginningFirst(text: String, ids: [String]) {
        let matches = index.sensors(matching: text, limit: 10)
        #expect(matches == SensorMatches(ids: ids, matching: ids.count, total: 4))
    }

    @Test func aLimitCutsTheListAndNotTheCount() {
        #expect(index.sensors(matching: "b", limit: 1) == SensorMatches(ids: ["b"], matching: 3, total: 4))
    }

    @Test func knowsPositions() {
        #expect(index.position(of: "NY_B1") == 2)
        #expect(index.position(of: "ny_b1") == nil)
        #expect(SensorIndex([]).sensors(matching: "x", limit: 1).total == 0)
    }
}
