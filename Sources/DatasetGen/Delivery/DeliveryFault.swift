/// Something that has happened to a reading on its way.
package struct DeliveryFault: Sendable {
    /// What has happened.
    package enum Kind: Int, CaseIterable, Sendable {
        /// The sensor was cut off: it sent the reading when it was back.
        case offline
        /// The reading has arrived much later than it was sent.
        case late
        /// The reading has arrived a second time.
        case duplicate
        /// The reading never arrives.
        case lost
        /// The sensor's clock is fast or slow, from its first reading on.
        case clockDrift

        /// Its name in `delivery.csv`.
        package var name: String {
            switch self {
            case .offline: "offline"
            case .late: "late"
            case .duplicate: "duplicate"
            case .lost: "lost"
            case .clockDrift: "clock_drift"
            }
        }
    }

    /// What has happened.
    package let kind: Kind
    /// The sensor's index in the fleet.
    package let sensor: Int
    /// The number of the reading.
    package let number: Int64
    /// When it was taken, in microseconds since 1970.
    package let time: Int64
    /// When it arrives, of a duplicate the second time; nil for never, and where that is not the fault.
    package var arrival: Int64?
    /// The error of the sensor's clock in thousandths of a millionth; nil where that is not the fault.
    package var drift: Int64?
}
