/// What is known of all rows that an encoder writes, for whoever compresses them.
public struct RowLayout: Sendable {
    /// The pieces of a sensor's rows, by their lengths in bytes.
    struct Pieces {
        /// Length of the piece before the readings.
        var before: Int32 = 0
        /// Length of the piece between readings and label.
        var between: Int32 = 0
        /// Length of the piece behind the label.
        var after: Int32 = 0
        /// Where the atoms of the piece between begin.
        var firstBetween: Int32 = 0
        /// Where the atoms of the piece behind the label begin.
        var firstAfter: Int32 = 0
        /// Where the atoms of that piece end.
        var endOfAtoms: Int32 = 0
    }

    /// A run of bytes that occurs as a whole in the rows of one sensor or of several.
    struct Atom {
        /// Length in bytes.
        var length: Int32
        /// The number of its text; -1 if no other sensor has it.
        var text: Int32
    }

    /// By the sensor's index in the fleet.
    var sensors: [Pieces] = []
    /// The atoms of all sensors.
    var atoms: [Atom] = []
    /// Number of texts that several sensors share.
    var textCount = 0
    /// Bytes at the end of the pieces before the readings that all sensors have in common.
    var commonEnd = 0
    /// By the metric: the bytes from its reading to the next one; 0 behind the last.
    var separators: [UInt8] = []
    /// Bytes before the readings of the healthy twin; 0 without a twin.
    var twinLead = 0
    /// The most bytes that a reading takes.
    var readingLimit: UInt8 = 0
    /// The most bytes that a label takes.
    var labelLimit = 0

    /// How much farther apart than the beginnings of their first pieces any two parts behind them lie, at most, in two rows
    /// of a sensor.
    ///
    /// Only readings and the label differ in length: each of them is at its longest in one row and has no byte in the other.
    var spread: Int { metricCount * Int(readingLimit) + labelLimit }

    /// Number of readings of a row, those of the twin not counted.
    var metricCount: Int { separators.count }

    /// The layout of text without rows.
    public init() {}
}
