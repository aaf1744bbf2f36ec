import DatasetFiles
import DatasetGen

/// The rows of a recording's file, in its order.
struct RecordingRows {
    private let window: TextWindow
    private let request: RecordingRequest
    private let isTextFile: Bool
    private(set) var header: RecordingHeader
    private var scanner = CSVScanner()
    /// What is scanned, and where the next record begins in it.
    private var text: [UInt8] = []
    private var position = 0
    private var isAtEnd = false
    /// The record that was scanned last, and its first line.
    private var record = 0..<0
    private var line = 1
    private var lineCount = 0
    private var times = RecordingTimes()
    /// What is left out, and why, without the name of the file.
    private var notes: [String]
    /// Bytes of memory that were free at the beginning; nil where nobody knows.
    private let memory = MemorySpace.narrowest(reserving: 0)?.freeBytes

    private var ids: [String] = []
    private var idBytes: [[UInt8]] = []
    private var indices: [String: Int32] = [:]
    /// Per sensor: which one followed it last time; rows mostly go round.
    private var successors: [Int] = []
    /// The columns that turned out to be text.
    private var isText: [Bool]

    /// Per row.
    private var rowTimes: [Int64] = []
    private var rowSensors: [Int32] = []
    private var columns: [RecordingColumn]
    /// Rows whose lines do not follow from their numbers: from each on, the line is so much more.
    private var lineShifts: [(row: Int, shift: Int)] = []

    /// Reads the header.
    ///
    /// - Parameters:
    ///   - source: the text.
    ///   - isTextFile: whether the file is text: what is wrong is told by line and column, else by row.
    ///   - notes: what is left out of the text.
    ///   - request: what of it is wanted.
    /// - Throws: ``RecordingError`` when it cannot be read, or its header does not tell what is what.
    init(
        _ source: any TextSource,
        isTextFile: Bool,
        notes: [String],
        _ request: RecordingRequest
    ) throws(RecordingError) {
        (self.request, self.isTextFile) = (request, isTextFile)
        window = TextWindow(source)
        var names: [String] = []
        var scanner = CSVScanner()
        do throws(FileError) {
            while try window.grow(), window.count < 1 << 20 {}
        } catch { throw RecordingError(error.description, isMissing: true) }
        if let problem = window.problem { throw RecordingError("\(request.name): \(problem)") }
        let text = window.text
        // In UTF-16, what begins a header has a zero in one of its first bytes, unless a mark of the order of bytes does.
        let marks: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF]]
        if isTextFile, text.prefix(2).contains(0) || marks.contains(where: { text.starts(with: $0) }) {
            throw RecordingError("\(request.name): the file is UTF-16 text; save it as UTF-8")
        }
        guard let end = scanner.scan(text.span, from: 0, isLast: true), !scanner.fields.isEmpty else {
            throw RecordingError("\(request.name): it is empty")
        }
        for (index, range) in scanner.fields.enumerated() {
            var range = range
            // A mark of the order of bytes, as some spreadsheets write it.
            if index == 0, text.starts(with: [0xEF, 0xBB, 0xBF]) {
                range = range.lowerBound + 3..<max(range.lowerBound + 3, range.upperBound)
            }
            guard let name = CSVScanner.decoded(text.span, range) else {
                throw RecordingError("\(request.name):1:\(range.lowerBound + 1): the header's quotes are wrong")
            }
            names.append(name.trimmed)
        }
        header = try RecordingHeader(names, request)
        columns = header.metrics.map { RecordingColumn(rounding: $0.resolution) }
        isText = header.metrics.map { _ in false }
        self.notes = notes + header.notes
        self.text = text
        position = end
        line = 2
        isAtEnd = window.isAtEnd
    }

    /// Bytes of the text.
    var textBytes: Int64 { window.byteCount }

    /// Reads all rows.
    mutating func readAll() throws(RecordingError) {
        while try next() {
            let fields = scanner.fields
            if fields.count == 1, fields[0].isEmpty {
                lineShifts.append((rowTimes.count, (lineShifts.last?.shift ?? 0) + lineCount))
                continue
            }
            guard fields.count == header.fieldCount else {
                throw failure(
                    at: record.lowerBound,
                    "the row has \(fields.count) fields, the header \(header.fieldCount)"
                )
            }
            try takeRow()
            if lineCount > 1 {
                lineShifts.append((rowTimes.count, (lineShifts.last?.shift ?? 0) + lineCount - 1))
            }
        }
        if let problem = window.problem { throw RecordingError("\(request.name): \(problem)") }
    }

    private mutating func takeRow() throws(RecordingError) {
        guard rowTimes.count < Int(Int32.max) else {
            throw failure(at: record.lowerBound, "a recording has fewer than 2^31 readings")
        }
        let text = text
        let field = unquoted(scanner.fields[header.time])
        guard let time = times.time(text.span, field) else {
            let found = text.span.string(field)
            let problem = RecordingTimes.problem(with: found)
            throw failure(at: field.lowerBound, "\(header.timeName): \(found.quoted) \(problem)")
        }
        if rowTimes.count % Self.rowsPerMemoryCheck == Self.rowsPerMemoryCheck - 1 { try checkMemory() }
        rowTimes.append(time)
        rowSensors.append(try sensor())
        for index in columns.indices where !isText[index] {
            let metric = header.metrics[index]
            let field = scanner.fields[metric.field]
            switch columns[index].append(text.span, field) {
            case .taken: break
            case .unfit(let problem): throw failure(at: field.lowerBound, "\(metric.column): \(problem)")
            case .noNumber:
                let found = text.span.string(unquoted(field)).quoted
                guard metric.isNamed || columns[index].hasNumbers else {
                    isText[index] = true
                    notes.append(
                        "the column \(metric.column.quoted) is left out: \(found) in "
                            + (isTextFile ? "line \(line)" : "row \(line - 1)") + " is no number"
                    )
                    continue
                }
                throw failure(at: field.lowerBound, "\(metric.column): \(found) is no number")
            }
        }
    }

    /// Compressed, a small file may hold more rows than any memory.
    private static let rowsPerMemoryCheck = 1 << 20

    /// About what a row and its values take until the readings are in their places.
    private func checkMemory() throws(RecordingError) {
        let needed = Int64(rowTimes.count) * Int64(64 + 8 * columns.count)
        guard let free = memory, needed > free else { return }
        throw RecordingError(
            "\(request.name): its first \(rowTimes.count.grouped) rows take about \(ByteCount.text(needed)) of memory, and "
                + "\(ByteCount.text(free)) are free"
        )
    }

    /// The number of the sensor of the row.
    private mutating func sensor() throws(RecordingError) -> Int32 {
        guard let column = header.sensor else { return 0 }
        let field = scanner.fields[column]
        let (text, last) = (text, Int(rowSensors.last ?? 0))
        if !ids.isEmpty {
            let likely = successors[last]
            let bytes = idBytes[likely]
            if text.span.matches(field, bytes.span, 0..<bytes.count) { return Int32(likely) }
        }
        guard let id = CSVScanner.decoded(text.span, field), !id.isEmpty else {
            throw failure(at: field.lowerBound, "\(header.sensorName ?? ""): a row has no sensor")
        }
        let index: Int32
        if let known = indices[id] {
            index = known
        } else {
            if id.utf8.count > 256 { throw failure(at: field.lowerBound, "the sensor's id is longer than 256 bytes") }
            index = Int32(ids.count)
            ids.append(id)
            idBytes.append(Array(text[field]))
            successors.append(Int(index))
            indices[id] = index
        }
        if !rowSensors.isEmpty { successors[last] = Int(index) }
        return index
    }

    /// A field without the quotes around it.
    private func unquoted(_ field: Range<Int>) -> Range<Int> {
        let isQuoted =
            field.count >= 2 && text[field.lowerBound] == UInt8(ascii: "\"")
            && text[field.upperBound - 1] == UInt8(ascii: "\"")
        return isQuoted ? field.lowerBound + 1..<field.upperBound - 1 : field
    }

    /// Finds the next record; false at the end.
    private mutating func next() throws(RecordingError) -> Bool {
        line += lineCount
        while true {
            if let end = scan() {
                record = position..<end
                position = end
                countLines()
                return true
            }
            if isAtEnd { return false }
            // What is held twice would be copied.
            text = []
            do throws(FileError) {
                isAtEnd = try !window.advance(dropping: position)
            } catch { throw RecordingError(error.description, isMissing: true) }
            if let problem = window.problem { throw RecordingError("\(request.name): \(problem)") }
            position = 0
            text = window.text
        }
    }

    private mutating func scan() -> Int? {
        let text = text
        return scanner.scan(text.span, from: position, isLast: isAtEnd)
    }

    /// A record has more lines than one if quotes hold some of their ends.
    private mutating func countLines() {
        lineCount = 1
        for field in scanner.fields where !field.isEmpty && text[field.lowerBound] == UInt8(ascii: "\"") {
            for index in field where text[index] == UInt8(ascii: "\n") { lineCount += 1 }
        }
    }

    private func failure(at index: Int, _ problem: String) -> RecordingError {
        let place = isTextFile ? "\(line):\(index - record.lowerBound + 1)" : " row \(line - 1)"
        return RecordingError("\(request.name):\(place): \(problem)")
    }

    /// The line of a row.
    private func line(ofRow row: Int) -> Int { row + 2 + (lineShifts.last { $0.row <= row }?.shift ?? 0) }
}

extension RecordingRows {
    /// The readings, sensor by sensor in the order of time.
    func recording(_ source: Recording.Source) throws(RecordingError) -> Recording {
        guard !rowTimes.isEmpty else { throw RecordingError("\(request.name): it has no rows") }
        let kept = columns.indices.filter { !isText[$0] }
        var metrics: [Recording.Metric] = []
        var found: [Int] = []
        for index in kept {
            let (column, metric) = (columns[index], header.metrics[index])
            guard let range = column.range else {
                if metric.isNamed {
                    throw RecordingError("\(request.name): the column \(metric.column.quoted) is empty")
                }
                continue
            }
            found.append(index)
            metrics.append(
                Recording.Metric(
                    name: metric.name,
                    column: metric.column,
                    resolution: column.resolution,
                    hasGaps: column.hasGaps,
                    range: range
                )
            )
        }
        let empty = kept.filter { columns[$0].range == nil }
            .map { "the column \(header.metrics[$0].column.quoted) is left out: it is empty" }
        let notes = notes + empty
        guard !metrics.isEmpty else {
            throw RecordingError("\(request.name): no column of it can be a metric\(Self.reasons(notes))")
        }
        guard metrics.count <= MetricSchema.maximumCount else {
            throw RecordingError(
                "\(request.name): \(metrics.count) columns of numbers; at most \(MetricSchema.maximumCount) are possible; "
                    + "--value NAME=COLUMN says which are wanted"
            )
        }
        let rows = try rowsOfSensors()
        let interval = try interval(rows)
        let sensors = rows.enumerated()
            .map { sensor, rows in
                Recording.Sensor(
                    id: header.sensor == nil ? nil : ids[sensor],
                    grid: TickGrid(GivenTimes(rows.map { rowTimes[Int($0)] }), interval: interval),
                    columns: found.map { column in
                        let counts = columns[column].counts
                        return rows.map { counts[Int($0)] }
                    }
                )
            }
        return Recording(
            source: source,
            metrics: metrics,
            sensors: sensors,
            interval: interval,
            notes: notes.map { "\(request.name): \($0)" }
        )
    }

    /// Why there is nothing left, in some of the words of the notes.
    private static func reasons(_ notes: [String]) -> String {
        guard !notes.isEmpty else { return ": it has none beside those of times and sensors" }
        let more = notes.count > shownReasons ? "; and \(notes.count - shownReasons) more" : ""
        return ": " + notes.prefix(shownReasons).joined(separator: "; ") + more
    }

    private static let shownReasons = 4

    /// Per sensor: the numbers of its rows in the order of time.
    private func rowsOfSensors() throws(RecordingError) -> [[Int32]] {
        var rows = [[Int32]](repeating: [], count: header.sensor == nil ? 1 : ids.count)
        for (row, sensor) in rowSensors.enumerated() { rows[Int(sensor)].append(Int32(row)) }
        for sensor in rows.indices {
            let isInOrder = zip(rows[sensor], rows[sensor].dropFirst())
                .allSatisfy { rowTimes[Int($0)] < rowTimes[Int($1)] }
            if isInOrder { continue }
            rows[sensor].sort { (rowTimes[Int($0)], $0) < (rowTimes[Int($1)], $1) }
            for (one, next) in zip(rows[sensor], rows[sensor].dropFirst())
            where rowTimes[Int(one)] == rowTimes[Int(next)] {
                let time = SimulatedTime(microseconds: rowTimes[Int(one)]).text
                let whose = header.sensor == nil ? "" : " of \(ids[sensor])"
                let hint =
                    header.sensor == nil
                    ? "; if they are of several sensors, recording.sensor (--sensor) names the column that tells them apart"
                    : "; one of them has to go"
                throw RecordingError(
                    request.name + (isTextFile ? ":\(line(ofRow: Int(next)))" : ": row \(next + 1)")
                        + ": a second reading\(whose) at \(time), as in "
                        + (isTextFile ? "line \(line(ofRow: Int(one)))" : "row \(one + 1)") + hint
                )
            }
        }
        return rows
    }

    /// What usually lies between two readings of a sensor.
    private func interval(_ rows: [[Int32]]) throws(RecordingError) -> TickInterval {
        var medians: [(interval: Int64, sensor: Int)] = []
        for (sensor, rows) in rows.enumerated() where rows.count > 1 {
            let step = max(1, rows.count / 65_536)
            var gaps: [Int64] = []
            for index in stride(from: 1, to: rows.count, by: step) {
                gaps.append(rowTimes[Int(rows[index])] - rowTimes[Int(rows[index - 1])])
            }
            gaps.sort()
            medians.append((gaps[(gaps.count - 1) / 2], sensor))
        }
        guard let least = medians.min(by: { $0.interval < $1.interval }),
            let greatest = medians.max(by: { $0.interval < $1.interval })
        else { throw RecordingError("\(request.name): no sensor has two readings") }
        func text(_ interval: Int64) -> String { DurationText.text(ofMicroseconds: interval) }
        guard greatest.interval <= 2 * least.interval else {
            throw RecordingError(
                "\(request.name): \(ids[least.sensor]) reports every \(text(least.interval)) and \(ids[greatest.sensor]) every "
                    + "\(text(greatest.interval)); sensors of so different intervals are taken from a file each, as anomalies last "
                    + "for so many readings"
            )
        }
        medians.sort { ($0.interval, $0.sensor) < ($1.interval, $1.sensor) }
        let usual = medians[(medians.count - 1) / 2].interval
        guard let interval = TickInterval(microseconds: usual) else {
            throw RecordingError(
                "\(request.name): readings are usually \(text(usual)) apart; between 1ms and 1d is possible"
            )
        }
        return interval
    }
}
