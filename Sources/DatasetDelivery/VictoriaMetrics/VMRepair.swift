import DatasetFormats
import DatasetGen

/// Sends of some blocks the samples that are not there.
struct VMRepair {
    private let target: VMTarget
    private let session: VMSession
    /// Sensors of which a sample is there more than once, by ``Sensor/index``.
    private(set) var doubled: Set<Int> = []
    /// Samples that were missing.
    private(set) var sent = 0

    init(_ target: VMTarget, _ session: VMSession) { (self.target, self.session) = (target, session) }

    mutating func run(_ blocks: some Collection<Int64>) throws(DeliveryError) {
        guard !blocks.isEmpty else { return }
        var encoder = target.lines
        var block = GeneratedBlock()
        var generator = BlockGenerator(target.series.bySensor)
        for number in blocks {
            generator.generate(block: number, into: &block)
            let readings = block.readings.slice
            let stored = try storedTimes(readings)
            var text = ByteBuffer()
            let samples = encoder.encode(readings, into: &text) { sensor, series, milliseconds in
                stored[StoredSeries(sensor: sensor, series: series)]?.contains(milliseconds) ?? false
            }
            guard samples > 0 else { continue }
            try session.importLines([text.bytes], isCompressed: false)
            target.noteSent(samples)
            sent += samples
        }
    }

    private struct StoredSeries: Hashable {
        let sensor: Int
        let series: Int
    }

    /// The times, in milliseconds, of the samples that the server has of a block's sensors.
    private mutating func storedTimes(_ readings: ReadingSlice) throws(DeliveryError) -> [StoredSeries: Set<Int64>] {
        var stored: [StoredSeries: Set<Int64>] = [:]
        var found = doubled
        defer { doubled = found }
        let target = target
        var sensors: [Int] = []
        var (first, last) = (Int64.max, Int64.min)
        for row in 0..<readings.count {
            let sensor = Int(readings.sensors[readings.places.lowerBound + row])
            if sensors.last != sensor { sensors.append(sensor) }
            let time = readings.times[readings.places.lowerBound + row]
            (first, last) = (min(first, time), max(last, time))
        }
        guard first <= last else { return [:] }
        let names = target.names.all.map(\.name)
        // Requests have a length that servers take.
        for begin in stride(from: 0, to: sensors.count, by: 50) {
            let ids = sensors[begin..<min(begin + 50, sensors.count)].map { target.plan.fleet.sensors[$0].id }
            var lines = ExportLines()
            try session.export(VMSelector.series(names, of: ids), first..<last + 1) { piece in
                lines.take(piece) { line, bytes in
                    guard let sensor = line["sensor_id"].flatMap({ target.sensorIndices[$0] }),
                        let series = line["__name__"].flatMap({ target.seriesIndices[$0] })
                    else { return }
                    let key = StoredSeries(sensor: sensor, series: series)
                    _ = line.forEachSample(of: bytes) { _, time in
                        guard let time = StoredNumber.integer(time) else { return }
                        if !stored[key, default: []].insert(time).inserted { found.insert(sensor) }
                    }
                }
            }
            guard lines.isComplete else {
                throw DeliveryError(.transient, "\(target.name): an export was cut off")
            }
        }
        return stored
    }
}
