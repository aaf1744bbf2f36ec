/// What one reading is: normal or of an anomaly type, and whether its row is left out of the dataset.
public struct Label: Hashable, Sendable {
    /// Bits 0–2 hold the anomaly type, 0 if normal; bit 7 says that the row is omitted.
    public let rawValue: UInt8

    /// A normal reading.
    public static let normal = Label(rawValue: 0)

    /// A reading of an anomaly of this type.
    public init(_ type: AnomalyType, omitted: Bool = false) {
        rawValue = type.rawValue | (omitted ? 0x80 : 0)
    }

    /// A label of ``rawValue``.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The anomaly type; nil if the reading is normal.
    public var anomalyType: AnomalyType? { AnomalyType(rawValue: rawValue & 0x7f) }

    /// Whether the reading is anomalous.
    public var isAnomalous: Bool { rawValue != 0 }

    /// Whether the dataset has no row for this reading (`missing_data` in mode `omit`).
    public var isOmitted: Bool { rawValue & 0x80 != 0 }
}
