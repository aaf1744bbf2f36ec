import DatasetFormats
import DatasetGen

/// One worker's connection: a batch is a request, and what may be there already is asked for before it is sent again.
struct VMDelivery: DeliveryConnection {
    let target: VMTarget
    let session: VMSession

    func deliver(_ batch: DeliveryBatch<EncodedRows>, isRepeated: Bool) throws(DeliveryError) {
        try lookIfDue(isRepeated)
        if isRepeated || target.mayHaveAny {
            if isRepeated { try session.settle() }
            try repair(batch.blocks)
        } else {
            try session.importLines(
                batch.blocks.indices.map { batch.pieces[$0].bytes.bytes },
                isCompressed: target.isCompressed
            )
            target.noteSent(batch.blocks.indices.reduce(0) { $0 + batch.pieces[$1].rowCount })
        }
        target.restarts.add(batch.blocks)
    }

    /// Sends of some blocks what is not there.
    func repair(_ blocks: [Int64]) throws(DeliveryError) { try VMRepair(target, session).run(blocks) }

    /// Looks whether the server has begun anew, if it may have.
    func lookIfDue(_ isDue: Bool) throws(DeliveryError) {
        if isDue || target.restarts.isDue { try look() }
    }

    /// Brings again what a server that has begun anew may have lost.
    func look() throws(DeliveryError) {
        try target.restarts.look { () throws(DeliveryError) in
            try session.state().start
        } repair: { blocks throws(DeliveryError) in
            try session.settle()
            try repair(blocks)
        }
    }
}

/// Sends of some blocks the samples that are not there.
struct VMRepair {
    private let target: VMTarget
    private let session: VMSession

    init(_ target: VMTarget, _ session: VMSession) { (self.target, self.session) = (target, session) }

    func run(_ blocks: [Int64]) throws(DeliveryError) {
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
        }
    }

    private struct StoredSeries: Hashable {
        let sensor: Int
        let series: Int
    }

    /// The times, in milliseconds, of the samples that the server has of a block's sensors.
    private func storedTimes(_ readings: ReadingSlice) throws(DeliveryError) -> [StoredSeries: Set<Int64>] {
        var stored: [StoredSeries: Set<Int64>] = [:]
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
                        if let time = StoredNumber.integer(time) { stored[key, default: []].insert(time) }
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
