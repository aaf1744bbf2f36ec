import DatasetGen

/// Whether what is learned from one part of the splits tells of another.
public struct SplitFigures: Sendable {
    /// Events with readings in two parts.
    public let sharedEvents: Int64
    /// All events.
    public let events: Int64
    /// Cities whose weather sensors in two parts report at the same time.
    public let sharedCities: Int
    /// All cities.
    public let cities: Int
    /// Seconds from the last reading of one part to the first of another, of the same sensor, at the least.
    ///
    /// Nil where each sensor is in one part alone. A longer window may be of both.
    public let closestSeconds: Double?
    /// Whether neighbouring readings of a sensor are in two parts, so that every window across them is of both.
    public let windowsOverlap: Bool

    var json: JSONValue {
        [
            "shared_events": .integer(sharedEvents),
            "events": .integer(events),
            "shared_cities": .integer(sharedCities),
            "cities": .integer(cities),
            "closest_seconds": .rounded(closestSeconds, decimals: 6),
            "windows_overlap": .literal(windowsOverlap ? "true" : "false"),
        ]
    }
}
