/// The order of the rows of a dataset.
public enum RowOrder: Hashable, Sendable {
    /// All sensors at the first tick, then all at the second, and so on.
    case time
    /// All readings of the first sensor, then all of the second, and so on.
    case sensor
    /// Window after window of so many microseconds from the start on, and in each sensor after sensor: as from a fleet
    /// that keeps its readings and uploads them now and then.
    case window(Int64)

    /// What a window's text begins with.
    private static let windowMark = "window="

    /// The order that a text names as recipes do: `time`, `sensor`, or `window=2h`; nil if it is none.
    public init?(_ text: String) {
        switch text {
        case "time": self = .time
        case "sensor": self = .sensor
        default:
            guard text.hasPrefix(Self.windowMark),
                let length = DurationText.wholeMicroseconds(of: String(text.dropFirst(Self.windowMark.count)))
            else { return nil }
            self = .window(length)
        }
    }

    /// As recipes write it.
    public var text: String {
        switch self {
        case .time: "time"
        case .sensor: "sensor"
        case .window(let length): Self.windowMark + DurationText.text(ofMicroseconds: length)
        }
    }
}

extension ValueType where Value == RowOrder {
    private static let orderExpectation = "time, sensor, or a window such as window=2h"

    /// An order of rows.
    static let order = ValueType(
        expectation: orderExpectation,
        schema: .members([
            "anyOf": .array([.enumeration(["time", "sensor"]), .pattern("^window=([0-9./]+(w|d|h|ms|us|m|s))+$")])
        ])
    ) { node, path, decoder in
        if let order = node.text.flatMap({ RowOrder($0) }) { return order }
        decoder.reportMismatch(
            node,
            expected: orderExpectation,
            at: path,
            suggestion: node.text.flatMap { Suggestion.nearest(to: $0, among: ["time", "sensor"]) }
        )
        return nil
    } encode: {
        .string($0.text)
    }
}
