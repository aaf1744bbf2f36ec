/// That a fleet takes more memory than there is.
public struct MemoryShortage: Hashable, Sendable, CustomStringConvertible {
    /// The number of sensors.
    public let sensorCount: Int
    /// About how many bytes they take.
    public let neededBytes: Int64
    /// How many bytes can be had.
    public let freeBytes: Int64
    /// What sets the limit.
    public let limit: String
    /// Whether the recipe has several groups.
    let isFleet: Bool

    package init(sensorCount: Int, neededBytes: Int64, freeBytes: Int64, limit: String, isFleet: Bool) {
        self.sensorCount = sensorCount
        self.neededBytes = neededBytes
        self.freeBytes = freeBytes
        self.limit = limit
        self.isFleet = isFleet
    }

    /// One line on how much is needed, and how much there is.
    public var description: String {
        "\(sensorCount.grouped(of: "sensor")) need about \(Self.text(neededBytes)) of memory, and \(limit) leaves "
            + "\(Self.text(freeBytes)); ask for fewer, in several datasets if need be"
    }

    private static func text(_ bytes: Int64) -> String {
        bytes >= 1_000_000_000
            ? FixedPoint(rounding: Double(bytes) / 1e9, decimals: 1).text + " GB"
            : "\(bytes / 1_000_000) MB"
    }
}
