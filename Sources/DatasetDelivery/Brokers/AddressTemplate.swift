import DatasetFormats
import DatasetGen

/// Where messages go, with what differs from sensor to sensor in braces: `site/{location}/{sensor_id}`.
struct AddressTemplate: Sendable {
    private enum Part: Sendable {
        case text(String)
        case column(Column)
    }

    private let parts: [Part]

    /// What can stand in braces.
    private static let columns: [Column] = [.sensorID] + Column.metadata

    /// - Throws: ``DeliveryError`` for braces that name nothing.
    init(_ template: String) throws(DeliveryError) {
        var parts: [Part] = []
        var rest = template[...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw DeliveryError(.usage, "\(template.quoted): the brace is not closed, as in {sensor_id}")
            }
            parts.append(.text(String(rest[..<open])))
            let name = String(rest[rest.index(after: open)..<close])
            guard let column = Self.columns.first(where: { $0.name == name }) else {
                let names = Self.columns.map(\.name)
                let nearest = Suggestion.nearest(to: name, among: names)
                let hint = nearest.map { "did you mean {\($0)}?" } ?? "there are \(names.joined(separator: ", "))"
                throw DeliveryError(.usage, "\(template.quoted): there is no {\(name.onOneLine)}; \(hint)")
            }
            parts.append(.column(column))
            rest = rest[rest.index(after: close)...]
        }
        parts.append(.text(String(rest)))
        self.parts = parts
    }

    /// What stands in the template itself.
    var texts: [String] {
        parts.compactMap { part in
            if case .text(let text) = part { text } else { nil }
        }
    }

    /// The addresses of all sensors, by ``Sensor/index``.
    ///
    /// - Parameters:
    ///   - sensors: the fleet.
    ///   - fault: says why a value cannot stand in an address; nil where it can.
    /// - Returns: an address each.
    /// - Throws: ``DeliveryError`` that names the sensor.
    func addresses(of sensors: [Sensor], fault: (String) -> String?) throws(DeliveryError) -> [String] {
        var addresses: [String] = []
        addresses.reserveCapacity(sensors.count)
        for sensor in sensors {
            var address = ""
            for part in parts {
                switch part {
                case .text(let text): address += text
                case .column(let column):
                    let value = column == .sensorID ? sensor.id : sensor.text(of: column)
                    guard let value else {
                        throw DeliveryError(.unstorable, "sensor \(sensor.id.quoted) has no {\(column.name)}")
                    }
                    if let fault = fault(value) {
                        throw DeliveryError(
                            .unstorable,
                            "sensor \(sensor.id.quoted): its \(column.name) \(value.quoted) \(fault)"
                        )
                    }
                    address += value
                }
            }
            addresses.append(address)
        }
        return addresses
    }
}
