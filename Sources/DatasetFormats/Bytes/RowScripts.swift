import DatasetGen

/// What is said of a row besides what never changes.
package enum RowValue: Hashable, Sendable {
    /// The number of the row.
    case number
    /// The time of the reading.
    case time
    /// The reading of a metric, by ``Metric/rawValue``.
    case metric(Int)
    /// Its healthy twin.
    case clean(Int)
    /// What the label is in one of its forms.
    case label(LabelForm)
    /// The number of the event that the reading is of.
    case eventID
    /// How hard that event is to find.
    case difficulty
    /// When the reading has arrived.
    case arrival
    /// Which part of the splits it is in.
    case split

    /// How a label is told.
    package enum LabelForm: Int, CaseIterable, Sendable {
        /// 0 or 1.
        case number
        /// False or true.
        case truth
        /// The type of the anomaly.
        case type
    }
}

/// A part of a row that is to be written, as a format states it.
enum RowCell: Sendable {
    /// The same bytes in every row.
    case text([UInt8])
    /// Bytes that are a sensor's own; a column has the same ones in every row of a sensor.
    case sensor(Column, @Sendable (Sensor) -> [UInt8])
    /// What differs from row to row.
    case value(RowValue)

    /// The same text in every row.
    static func text(_ text: String) -> RowCell { .text(Array(text.utf8)) }
}

/// How rows of any columns are written: what never changes is prepared once, as bytes, and the rest is named step by step.
///
/// A reading has a row for each script: one in the wide layout, and in the narrow one that of each metric.
struct RowScripts: Sendable {
    /// A part of a row.
    enum Step: Sendable {
        /// Bytes of all rows.
        case shared(Range<Int>)
        /// A piece of the row's sensor.
        case own(Int)
        /// What differs from row to row.
        case value(RowValue)
    }

    /// The steps of each row of a reading.
    private(set) var scripts: [[Step]] = []
    /// Per script: the values among its steps.
    private(set) var values: [[RowValue]] = []
    /// Per script: the bytes of its steps that all rows share.
    private(set) var sharedCounts: [Int] = []
    /// The bytes of all steps.
    private(set) var bytes: [UInt8] = []
    /// The pieces of a sensor.
    private(set) var pieceCount = 0
    /// Per sensor, ``pieceCount`` of them: where they lie among the bytes.
    private(set) var pieces: [Range<Int>] = []
    /// Per sensor: the bytes of its pieces, each of them once.
    private(set) var ownCounts: [Int] = []

    private let joinsPieces: Bool

    /// The most bytes that the pieces of a sensor take in all rows of a reading.
    func ownLimit(ofSensor sensor: Int) -> Int { ownCounts[sensor] * (joinsPieces ? 1 : scripts.count) }

    /// Prepares the scripts that some cells make, for the sensors of a fleet by their indices.
    ///
    /// - Parameters:
    ///   - cells: the cells of each row of a reading.
    ///   - sensors: the fleet.
    ///   - joinsPieces: whether what lies between two values is always one piece; otherwise, where a reading has several rows,
    ///     they share the pieces of a sensor, which takes less memory.
    init(_ cells: [[RowCell]], _ sensors: [Sensor], joinsPieces: Bool = false) {
        self.joinsPieces = joinsPieces
        var makers: [[RowCell]] = []
        if joinsPieces || cells.count == 1 {
            for cells in cells { add(Self.runs(of: cells).map { run in step(of: run, &makers) }) }
        } else {
            var known: [Column: Int] = [:]
            for cells in cells {
                add(
                    Self.runs(of: cells, joinsSensors: false)
                        .map { run in
                            guard case .sensor(let column, _)? = run.first else { return step(of: run, &makers) }
                            let piece = known[column] ?? makers.count
                            if known.updateValue(piece, forKey: column) == nil { makers.append(run) }
                            return .own(piece)
                        }
                )
            }
        }
        pieceCount = makers.count
        prepare(makers, sensors)
    }

    private mutating func add(_ steps: [Step]) {
        scripts.append(steps)
        var (values, shared): ([RowValue], Int) = ([], 0)
        for step in steps {
            switch step {
            case .shared(let range): shared += range.count
            case .own: break
            case .value(let value): values.append(value)
            }
        }
        self.values.append(values)
        sharedCounts.append(shared)
    }

    private mutating func step(of run: [RowCell], _ makers: inout [[RowCell]]) -> Step {
        if case .value(let value)? = run.first { return .value(value) }
        var text: [UInt8] = []
        for cell in run {
            guard case .text(let bytes) = cell else {
                makers.append(run)
                return .own(makers.count - 1)
            }
            text += bytes
        }
        bytes += text
        return .shared(bytes.count - text.count..<bytes.count)
    }

    /// Cells that make one step together: each value by itself, and what lies between.
    private static func runs(of cells: [RowCell], joinsSensors: Bool = true) -> [[RowCell]] {
        var runs: [[RowCell]] = []
        var isOpen = false
        for cell in cells {
            switch cell {
            case .value:
                runs.append([cell])
                isOpen = false
            case .sensor where !joinsSensors:
                runs.append([cell])
                isOpen = false
            case .text(let bytes) where bytes.isEmpty: continue
            case .text, .sensor:
                if isOpen { runs[runs.count - 1].append(cell) } else { runs.append([cell]) }
                isOpen = true
            }
        }
        return runs
    }

    private mutating func prepare(_ makers: [[RowCell]], _ sensors: [Sensor]) {
        let parts = inParallel(sensors.count, atLeast: Self.leastSensors) { range in
            var bytes: [UInt8] = []
            var ends: [Int] = []
            for sensor in sensors[range] {
                for maker in makers {
                    for cell in maker {
                        switch cell {
                        case .text(let text): bytes += text
                        case .sensor(_, let text): bytes += text(sensor)
                        case .value: break
                        }
                    }
                    ends.append(bytes.count)
                }
            }
            return (bytes: bytes, ends: ends)
        }
        pieces.reserveCapacity(sensors.count * pieceCount)
        ownCounts.reserveCapacity(sensors.count)
        for part in parts {
            var begin = bytes.count
            let offset = begin
            for (index, end) in part.ends.enumerated() {
                pieces.append(begin..<offset + end)
                if index % pieceCount == 0 { ownCounts.append(0) }
                ownCounts[ownCounts.count - 1] += offset + end - begin
                begin = offset + end
            }
            bytes += part.bytes
        }
        if pieceCount == 0 { ownCounts = Array(repeating: 0, count: sensors.count) }
    }

    /// Fewer are not worth another thread.
    private static let leastSensors = 4_096
}
