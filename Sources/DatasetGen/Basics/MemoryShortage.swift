/// That a fleet, or the list of its events, takes more memory than there is.
public struct MemoryShortage: Hashable, Sendable, CustomStringConvertible {
    /// The number of sensors.
    public let sensorCount: Int
    /// About how many events there are, where rows tell of theirs; else 0.
    public let eventCount: Int64
    /// About how many readings are on their way at a time, where they are held until they arrive; else 0.
    public let waitingCount: Int64
    /// About how many bytes all take.
    public let neededBytes: Int64
    /// How many bytes can be had.
    public let freeBytes: Int64
    /// What sets the limit.
    public let limit: String
    /// Whether the recipe has several groups.
    let isFleet: Bool

    package init(
        sensorCount: Int,
        eventCount: Int64,
        waitingCount: Int64,
        neededBytes: Int64,
        freeBytes: Int64,
        limit: String,
        isFleet: Bool
    ) {
        self.sensorCount = sensorCount
        self.eventCount = eventCount
        self.waitingCount = waitingCount
        self.neededBytes = neededBytes
        self.freeBytes = freeBytes
        self.limit = limit
        self.isFleet = isFleet
    }

    /// One line on how much is needed, and how much there is.
    public var description: String {
        let count = eventCount.grouped(of: "event")
        let events = eventCount == 0 ? "" : " and the list of about \(count) that rows tell of"
        let waiting =
            waitingCount == 0 ? "" : " and about \(waitingCount.grouped(of: "reading")) that are on their way at a time"
        return
            "\(sensorCount.grouped(of: "sensor"))\(events)\(waiting) need about \(ByteCount.text(neededBytes)) of memory, and "
            + "\(limit) leaves \(ByteCount.text(freeBytes)); ask for fewer, in several datasets if need be"
    }
}
