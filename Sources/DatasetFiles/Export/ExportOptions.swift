/// What an export is to have.
public struct ExportOptions: Sendable {
    /// The form of the series.
    public var format: ExportFormat
    /// The most series, evenly spread over all that there are; nil for all.
    public var limit: Int?
    /// Readings of a window, of arrays of NumPy.
    public var window: Int
    /// Readings from the beginning of a window to that of the next.
    public var stride: Int

    /// What the UCR anomaly archive has.
    public static let usualEventCount = 250

    /// An export with what is usual.
    public init(format: ExportFormat, limit: Int? = nil, window: Int = 100, stride: Int? = nil) {
        self.format = format
        self.limit = limit ?? (format == .ucr ? Self.usualEventCount : nil)
        self.window = window
        self.stride = stride ?? window
    }
}
