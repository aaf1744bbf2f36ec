import DatasetFiles
import DatasetFormats
import DatasetGen
import Synchronization

/// Reads back the rows of a folder's files.
struct FolderReader: StoredReader {
    private let target: FolderTarget
    private let fields: StoredFields
    private let strangers: FolderTarget.Strangers
    /// The columns of time, sensor and values.
    private let names: [String]

    init(_ target: FolderTarget, strangers: FolderTarget.Strangers) {
        (self.target, self.strangers) = (target, strangers)
        fields = StoredFields(target.plan, usesTwin: target.usesTwin, usesLabels: target.usesLabels)
        names = ["timestamp", "sensor_id"] + target.valueNames
    }

    func read(_ times: Range<Int64>, to points: inout StoredPoints) throws(DeliveryError) {
        var (sums, fields) = (points, fields)
        let known = target.times
        try forEachRow { bytes, row in
            guard let sensor = fields.sensor(bytes.extracting(row[1])), let time = Self.time(bytes.extracting(row[0])),
                known.contains(time)
            else {
                strangers.count.wrappingAdd(1, ordering: .relaxed)
                return
            }
            if times.contains(time) { fields.add(bytes, row[2...], of: sensor, at: time, to: &sums) }
        }
        points = sums
    }

    func rows(of sensor: Sensor, in times: Range<Int64>) throws(DeliveryError) -> [RowComparison.Row] {
        var rows: [RowComparison.Row] = []
        try forEachRow { bytes, row in
            guard let time = Self.time(bytes.extracting(row[0])), times.contains(time),
                StoredNumber.string(bytes.extracting(row[1])) == sensor.id
            else { return }
            rows.append(fields.row(bytes, row[2...], at: time))
        }
        return rows.sorted { $0.time < $1.time }
    }

    /// Hands on time, sensor and values of each row.
    private func forEachRow(_ body: (_ bytes: Span<UInt8>, _ fields: [Range<Int>]) -> Void) throws(DeliveryError) {
        for path in try target.files.paths() {
            var contents: [UInt8] = []
            do throws(FileError) {
                contents = try FileReader.contents(of: path)
            } catch { throw DeliveryError(.refused, error.description) }
            if target.format == .csv { try readCSV(contents, path, body) } else { try readJSON(contents, path, body) }
        }
    }

    private func readCSV(
        _ contents: [UInt8],
        _ path: String,
        _ body: (_ bytes: Span<UInt8>, _ fields: [Range<Int>]) -> Void
    ) throws(DeliveryError) {
        var reader = RecordReader()
        var places: [Int]?
        var isWhole = true
        func take(_ bytes: Span<UInt8>, _ fields: [Range<Int>]) {
            guard let places else {
                let heading = fields.map { StoredNumber.string(bytes.extracting($0)) }
                places = names.compactMap { heading.firstIndex(of: $0) }
                isWhole = places?.count == names.count
                return
            }
            guard isWhole, places.allSatisfy({ $0 < fields.count }) else {
                isWhole = false
                return
            }
            body(bytes, places.map { fields[$0] })
        }
        reader.take(contents.span, take)
        reader.finish(take)
        if !isWhole { throw DeliveryError(.refused, "\(path) has not the columns that were sent") }
    }

    private func readJSON(
        _ contents: [UInt8],
        _ path: String,
        _ body: (_ bytes: Span<UInt8>, _ fields: [Range<Int>]) -> Void
    ) throws(DeliveryError) {
        let metrics = target.plan.recipe.schema.metrics.map(\.name)
        for line in contents.split(separator: UInt8(ascii: "\n")) {
            guard let row = JSONValue(parsing: Array(line)) else {
                throw DeliveryError(
                    .refused,
                    "\(path) has a line that is no JSON: \(String(decoding: line.prefix(80), as: UTF8.self))"
                )
            }
            var values = [row["timestamp"], row["sensor_id"]] + metrics.map { row["readings"]?[$0] }
            if target.usesTwin { values += metrics.map { row["clean"]?[$0] } }
            if target.usesLabels { values += [row["anomaly"]?["detected"], row["anomaly"]?["type"]] }
            var (bytes, fields): ([UInt8], [Range<Int>]) = ([], [])
            for value in values {
                let begin = bytes.count
                bytes += Self.text(value).utf8
                fields.append(begin..<bytes.count)
            }
            body(bytes.span, fields)
        }
    }

    /// A value as a file of CSV has it.
    private static func text(_ value: JSONValue?) -> String {
        switch value {
        case .string(let text): text
        case .literal("true"): "1"
        case .literal("false"): "0"
        case .literal("null"), nil: ""
        case .literal(let number): number
        case .array, .object: "?"
        }
    }

    /// The instant of `2025-01-18T10:30:45.123456Z`, in microseconds since 1970.
    private static func time(_ text: Span<UInt8>) -> Int64? {
        func number(_ range: Range<Int>) -> Int64? {
            var number: Int64 = 0
            for index in range {
                guard text[index] >= UInt8(ascii: "0"), text[index] <= UInt8(ascii: "9") else { return nil }
                number = number * 10 + Int64(text[index] - UInt8(ascii: "0"))
            }
            return number
        }
        guard text.count >= 20, text[text.count - 1] == UInt8(ascii: "Z"), let year = number(0..<4),
            let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
            let minute = number(14..<16),
            let second = number(17..<19)
        else { return nil }
        var fraction: Int64 = 0
        if text.count > 20 {
            let end = min(text.count - 1, 26)
            guard let digits = number(20..<end) else { return nil }
            fraction = digits
            for _ in end..<26 { fraction *= 10 }
        }
        // Days since 1970: years begin in March, so that a leap day is the last of its year.
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let yearOfEra = shifted - era * 400
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        return ((days * 24 + hour) * 60 + minute) * 60_000_000 + second * 1_000_000 + fraction
    }
}
