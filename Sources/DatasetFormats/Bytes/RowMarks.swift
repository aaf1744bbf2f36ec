/// Where the parts of a row of text lie, as its encoder notes it.
///
/// A row is: number, time, the sensor's piece before the readings, the readings, the piece behind them, the label, the
/// piece behind the label, and the readings of the healthy twin. Offsets are bytes from the beginning of the text.
struct RowMark {
    /// Where the row begins.
    var start: UInt32 = 0
    /// Where the number of the row ends and what is around the time begins.
    var time: UInt32 = 0
    /// Where the piece before the readings begins.
    var before: UInt32 = 0
    /// Where the label begins.
    var label: UInt32 = 0
    /// Where the piece behind the label begins.
    var after: UInt32 = 0
    /// The sensor's index in the fleet.
    var sensor: Int32 = 0
    /// Where the lengths in bytes of its readings, and of those of the twin, begin among ``RowMarks/lengths``.
    var lengths: UInt32 = 0
}

/// What an encoder tells of the rows that it writes; told nothing, it spends nothing.
protocol RowNotes: ~Copyable {
    /// Whether anybody listens.
    static var isWanted: Bool { get }

    /// Number of lengths noted.
    var lengthCount: UInt32 { get }

    /// Takes note of the length in bytes of the next reading.
    mutating func append(length: Int)

    /// Takes note of the next row.
    mutating func append(_ mark: RowMark)
}

/// For text that nobody needs to know the rows of.
struct NoRowNotes: RowNotes {
    static let isWanted = false

    var lengthCount: UInt32 { 0 }

    func append(length: Int) {}

    func append(_ mark: RowMark) {}
}

/// The marks of a text's rows, whose storage is kept when they are refilled.
public struct RowMarks: Sendable {
    /// One mark per row, in the order of the text.
    private(set) var marks: [RowMark] = []
    /// The lengths in bytes of all rows' readings.
    private(set) var lengths: [UInt8] = []

    /// No marks.
    public init() {}

    /// Forgets the marks and takes those that `body` notes, up to `limit` rows of so many readings.
    @inline(__always)
    mutating func refill(atMost limit: Int, readings: Int, _ body: (inout RowMarkWriter) -> Void) {
        marks.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        lengths.append(addingCapacity: limit * readings) { lengths in
            unsafe lengths.withUnsafeMutableBufferPointer { lengths, lengthCount in
                marks.append(addingCapacity: limit) { room in
                    unsafe room.withUnsafeMutableBufferPointer { room, count in
                        var writer = unsafe RowMarkWriter(room, lengths)
                        body(&writer)
                        count = writer.count
                        lengthCount = Int(writer.lengthCount)
                    }
                }
            }
        }
    }
}

/// Takes notes into room that ``RowMarks`` has reserved, and lends out for the length of a closure.
@safe
struct RowMarkWriter: ~Copyable, RowNotes {
    static let isWanted = true

    private let room: UnsafeMutableBufferPointer<RowMark>
    private let lengths: UnsafeMutableBufferPointer<UInt8>
    /// Number of marks written.
    private(set) var count = 0
    /// Number of lengths written.
    private(set) var lengthCount: UInt32 = 0

    /// Takes notes into memory that outlives this value.
    @unsafe
    init(_ room: UnsafeMutableBufferPointer<RowMark>, _ lengths: UnsafeMutableBufferPointer<UInt8>) {
        unsafe (self.room, self.lengths) = unsafe (room, lengths)
    }

    @inline(__always)
    mutating func append(length: Int) {
        unsafe precondition(lengthCount < lengths.count, "more readings than the room reserved for them")
        unsafe lengths.initializeElement(at: Int(lengthCount), to: UInt8(truncatingIfNeeded: length))
        lengthCount &+= 1
    }

    @inline(__always)
    mutating func append(_ mark: RowMark) {
        unsafe precondition(count < room.count, "more rows than the room reserved for them")
        unsafe room.initializeElement(at: count, to: mark)
        count += 1
    }
}
