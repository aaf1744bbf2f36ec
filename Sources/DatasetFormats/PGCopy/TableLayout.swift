/// What a row of a database's table of readings is.
package enum TableLayout: String, CaseIterable, Sendable {
    /// A reading with the number of its sensor; what is known of sensors is in a table of its own.
    case star
    /// A reading with all that is known of its sensor, as in `sensor_data`.
    case wide
    /// One metric of a reading, with the number of its sensor.
    case narrow

    /// Whether sensors have a table of their own, and readings their numbers in it.
    package var hasSensorTable: Bool { self != .wide }
}
