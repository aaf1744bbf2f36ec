import Foundation
import Testing

@Suite("The reference's analyses of the SQLite database", .timeLimit(.minutes(30)))
struct AnalysisTests {
    private let workspace: Workspace

    /// A day of 160 sensors of five makers, 230,400 readings, without the firmware's influence.
    private static let recipe = """
        dataset: {name: fleet, seed: 1, duration: 1d}
        simulation: {interval: 1m}
        sensor: {firmware_version: "3.1.0", model: Any}
        fleet:
          - {count: 32, prefix: A, manufacturer: SensorTech}
          - {count: 32, prefix: B, manufacturer: DataLogger}
          - {count: 32, prefix: C, manufacturer: Other}
          - {count: 32, prefix: D, manufacturer: MonitorPro}
          - {count: 32, prefix: E, manufacturer: DataSense}
        anomalies:
          probability: 0.2
          types:
            spike: {weight: 0.6}
            trend: {weight: 0.1, duration: 3m}
            pattern: {weight: 0.1, duration: 3m}
            missing_data: {weight: 0.1, duration: 2m}
            noise: {weight: 0.1, duration: 3m}
        outputs: [sqlite]
        """

    private struct Manifest: Decodable {
        struct Maker: Decodable {
            var manufacturer: String
            var readings: Int
            var anomalous: Int
        }
        struct Count: Decodable {
            var readings: Int
        }
        struct Labels: Decodable {
            var manufacturers: [Maker]
            var types: [String: Count]
        }
        struct Moments: Decodable {
            struct Range: Decodable {
                var min: Double
                var max: Double
                var mean: Double
            }
            var normal: Range
        }
        var labels: Labels
        var statistics: [String: Moments]
    }

    init() throws {
        workspace = try Workspace()
        try workspace.write(Self.recipe, to: "fleet.yaml")
        try workspace.generate("fleet.yaml", to: "out")
    }

    private func manifest() throws -> Manifest {
        try JSONDecoder().decode(Manifest.self, from: workspace.bytes("out/manifest.json"))
    }

    @Test("find the makers' rates in the order of their factors")
    func manufacturers() throws {
        struct Row: Decodable {
            var manufacturer: String
            var total: Int
            var anomalies: Int
            var anomaly_rate: Double
        }
        let rows: [Row] = try workspace.query(
            """
            -- Anomaly rate by manufacturer
            SELECT
              manufacturer,
              COUNT(*) as total,
              SUM(anomaly_flag) as anomalies,
              ROUND(100.0 * SUM(anomaly_flag) / COUNT(*), 2) as anomaly_rate
            FROM sensor_data
            GROUP BY manufacturer;
            """,
            of: "out/readings.sqlite"
        )
        let order = rows.sorted { $0.anomaly_rate > $1.anomaly_rate }.map(\.manufacturer)
        #expect(order == ["SensorTech", "DataLogger", "Other", "MonitorPro", "DataSense"])
        let factors = ["SensorTech": 1.2, "DataLogger": 1.1, "Other": 1, "MonitorPro": 0.9, "DataSense": 0.8]
        let stated = try manifest().labels.manufacturers
        for row in rows {
            let asked = 20 * (factors[row.manufacturer] ?? 0)
            #expect(abs(row.anomaly_rate - asked) <= asked / 10, "\(row)")
            let entry = try #require(stated.first { $0.manufacturer == row.manufacturer })
            #expect((row.total, row.anomalies) == (entry.readings, entry.anomalous))
            #expect(row.total == 32 * 1_440)
        }
    }

    @Test("find the temperatures of 24 hours")
    func hours() throws {
        struct Row: Decodable {
            var hour: String
            var avg_temp: Double
            var min_temp: Double
            var max_temp: Double
        }
        let rows: [Row] = try workspace.query(
            """
            -- Temperature patterns by hour
            SELECT
              strftime('%H', timestamp) as hour,
              AVG(temperature) as avg_temp,
              MIN(temperature) as min_temp,
              MAX(temperature) as max_temp
            FROM sensor_data
            WHERE anomaly_flag = 0
            GROUP BY hour
            ORDER BY hour;
            """,
            of: "out/readings.sqlite"
        )
        #expect(rows.map(\.hour) == (0..<24).map { $0 < 10 ? "0\($0)" : "\($0)" })
        let normal = try #require(try manifest().statistics["temperature"]).normal
        #expect(rows.map(\.min_temp).min() == normal.min)
        #expect(rows.map(\.max_temp).max() == normal.max)
        // Each hour has about as many normal readings, so that their means average to the whole's.
        #expect(abs(rows.reduce(0) { $0 + $1.avg_temp } / 24 - normal.mean) < 0.02)
        #expect(rows.allSatisfy { $0.min_temp < $0.avg_temp && $0.avg_temp < $0.max_temp })
    }

    @Test("find the types' shares, which sum to all")
    func types() throws {
        struct Row: Decodable {
            var anomaly_type: String
            var count: Int
            var percentage: Double
        }
        let rows: [Row] = try workspace.query(
            """
            -- Anomaly types distribution
            SELECT
              anomaly_type,
              COUNT(*) as count,
              ROUND(100.0 * COUNT(*) / SUM(COUNT(*)) OVER(), 2) as percentage
            FROM sensor_data
            WHERE anomaly_flag = 1
            GROUP BY anomaly_type;
            """,
            of: "out/readings.sqlite"
        )
        let counts = Dictionary(uniqueKeysWithValues: rows.map { ($0.anomaly_type, $0.count) })
        #expect(try counts == manifest().labels.types.mapValues(\.readings))
        #expect(counts.count == 5)
        #expect(abs(rows.reduce(0) { $0 + $1.percentage } - 100) < 0.03)
        for row in rows {
            let asked = row.anomaly_type == "spike" ? 60.0 : 10
            #expect(abs(row.percentage - asked) <= asked / 10, "\(row)")
        }
    }
}
