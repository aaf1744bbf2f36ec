import DatasetGen

/// Windows of readings as arrays of NumPy, for each part of the splits: `windows`, `labels` and `index`.
///
/// `PART_windows.npy` is (n, T, C) in little-endian float32, with NaN for what is missing; `PART_labels.npy` (n, T) with 1 for
/// anomalous readings; `PART_index.npy` (n, 2): the sensor's index in the fleet and the window's first tick. No window is in two parts.
struct NumPyExport: SeriesExport {
    let task: ExportTask

    func write() throws(FileError) -> DatasetExport.Summary {
        var summary = DatasetExport.Summary()
        let names = plan.splits?.parts ?? ["all"]
        let (length, channels) = (options.window, plan.recipe.schema.metrics.count)
        var parts: [(windows: NumPyFile, labels: NumPyFile, index: NumPyFile)] = []
        for name in names {
            parts.append(
                (
                    try NumPyFile(folder, "\(name)_windows.npy", "<f4", [length, channels]),
                    try NumPyFile(folder, "\(name)_labels.npy", "|u1", [length]),
                    try NumPyFile(folder, "\(name)_index.npy", "<i8", [2])
                )
            )
        }
        for sensor in plan.evenlySpreadSensors(options.limit) {
            var reader = SensorReader(plan, sensor: plan.fleet.sensors[sensor])
            let count = Int(plan.rows.tickCount(ofSensor: sensor))
            let window = reader.read(0..<Int64(count))
            let codes = (0..<count).map { code(ofSensor: sensor, $0, window) }
            let sound = runs(of: codes)
            for run in sound where run.count >= length {
                for start in stride(from: run.lowerBound, through: run.upperBound - length, by: options.stride) {
                    let part = codes[start] - 1
                    summary.series += 1
                    let range = start..<start + length
                    if range.contains(where: { window.isAnomalous($0) }) { summary.anomalies += 1 }
                    try parts[part].windows.append(values(of: window, range))
                    try parts[part].labels.append(range.map { window.isAnomalous($0) ? 1 : 0 })
                    try parts[part].index.append(bytes(of: [Int64(sensor), Int64(start)]))
                }
            }
        }
        for part in parts {
            try part.windows.finish()
            try part.labels.finish()
            try part.index.finish()
        }
        return summary
    }

    /// The part of a reading from 1; 0 for none.
    private func code(ofSensor sensor: Int, _ index: Int, _ window: SensorReader.Window) -> Int {
        guard let splits = plan.splits else { return 1 }
        let position = plan.rows.position(ofSensor: sensor, tick: Int64(index))
        return splits.code(ofSensor: sensor, position: position, isAnomalous: window.isAnomalous(index))
    }

    /// Where readings of one part follow one another.
    private func runs(of codes: [Int]) -> [Range<Int>] {
        var (runs, begin): ([Range<Int>], Int) = ([], 0)
        for index in stride(from: 1, through: codes.count, by: 1)
        where index == codes.count || codes[index] != codes[begin] {
            if codes[begin] > 0 { runs.append(begin..<index) }
            begin = index
        }
        return runs
    }

    private func values(of window: SensorReader.Window, _ range: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count * 16)
        for index in range {
            for metric in plan.recipe.schema.all {
                let bits = Float(window.value(metric, index) ?? .nan).bitPattern
                for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
            }
        }
        return bytes
    }

    private func bytes(of numbers: [Int64]) -> [UInt8] {
        numbers.flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * Int64($0))) } }
    }
}

/// A file of one array whose first dimension is known at its end.
///
/// Source: NumPy's documentation, "numpy.lib.format", version 1.0.
final class NumPyFile {
    private let file: OpenFile
    private let type: String
    private let shape: [Int]
    private var count = 0
    private var pending: [UInt8] = []

    /// Bytes of the head: enough for any number of rows, and a multiple of 64.
    private static let headBytes = 128

    init(_ folder: ExportFolder, _ name: String, _ type: String, _ shape: [Int]) throws(FileError) {
        (self.type, self.shape) = (type, shape)
        file = try folder.create(name)
        pending = head
    }

    private var head: [UInt8] {
        let sizes = ([count] + shape).map { "\($0)" }.joined(separator: ", ")
        let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(sizes)), }"
        let length = Self.headBytes - 10
        let padding = String(repeating: " ", count: length - 1 - text.utf8.count)
        return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length), 0] + Array((text + padding + "\n").utf8)
    }

    /// Appends a row.
    func append(_ row: [UInt8]) throws(FileError) {
        pending += row
        count += 1
        guard pending.count > 1 << 20 else { return }
        try file.write(pending)
        pending.removeAll(keepingCapacity: true)
    }

    /// Completes the head, and closes the file.
    func finish() throws(FileError) {
        try file.write(pending)
        try file.write(head, at: 0)
        try file.flush()
        try file.close()
    }
}
