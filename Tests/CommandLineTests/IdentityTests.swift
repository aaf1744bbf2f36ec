import Foundation
import Testing

@Suite("identity", .timeLimit(.minutes(30)))
struct IdentityTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    private struct Identity: Decodable, Equatable {
        struct Location: Decodable, Equatable {
            struct Coordinates: Decodable, Equatable {
                var latitude: Double
                var longitude: Double
            }
            var city: String
            var coordinates: Coordinates
            var timezone: String
        }
        struct Device: Decodable, Equatable {
            var manufacturer: String
            var model: String
            var firmware_version: String
            var serial_number: String
        }
        var sensor_id: String
        var location: Location
        var device_info: Device
    }

    @Test("prints an identity that recipe takes, field for field")
    func template() throws {
        let printed = try workspace.run("identity", "--seed", "3")
        #expect(printed.status == 0)
        #expect(printed.errors == "")
        let identity: Identity = try printed.decoded()
        try workspace.write(printed.output, to: "identity.json")
        try workspace.generate("quickstart.yaml", to: "out", "--identity", "identity.json", "--duration", "10s")
        struct Row: Decodable, Equatable {
            var sensor_id: String
            var location: String
            var latitude: Double
            var longitude: Double
            var timezone: String
            var manufacturer: String
            var model: String
            var firmware_version: String
            var serial_number: String
        }
        let rows: [Row] = try workspace.query(
            """
            SELECT DISTINCT sensor_id, location, latitude, longitude, timezone, manufacturer, model, firmware_version,
              serial_number FROM sensor_data
            """,
            of: "out/readings.sqlite"
        )
        let expected = Row(
            sensor_id: identity.sensor_id,
            location: identity.location.city,
            latitude: identity.location.coordinates.latitude,
            longitude: identity.location.coordinates.longitude,
            timezone: identity.location.timezone,
            manufacturer: identity.device_info.manufacturer,
            model: identity.device_info.model,
            firmware_version: identity.device_info.firmware_version,
            serial_number: identity.device_info.serial_number
        )
        #expect(rows == [expected])
    }

    @Test("is the same for the same seed, and another for another")
    func seeds() throws {
        let one = try workspace.run("identity", "--seed", "3").output
        #expect(try workspace.run("identity", "--seed", "3").output == one)
        let others = try (4..<8).map { try workspace.run("identity", "--seed", "\($0)").output }
        #expect(Set(others + [one]).count == 5)
        #expect(try workspace.run("identity").output != workspace.run("identity").output)
    }

    @Test("has the coordinates and the time zone of the city")
    func city() throws {
        let identity: Identity = try workspace.run("identity", "--seed", "1", "--city", "Oslo").decoded()
        #expect(identity.location.city == "Oslo")
        #expect(identity.location.coordinates == .init(latitude: 59.9139, longitude: 10.7522))
        #expect(identity.location.timezone == "Europe/Oslo")
    }
}
