import DatasetFiles
import DatasetFormats
import DatasetGen

/// A block of readings on its way from a file, or from the recipe, to those who compare it with the other files.
///
/// Unchecked because nothing else guards it: at any time one worker owns it, and the pipeline hands it on under its lock.
final class CheckedBlock: @unchecked Sendable {
    /// The readings; the events only where the recipe has given them.
    var block = GeneratedBlock()
    /// Whether it is none: nothing is compared with it.
    var isEmpty = false
    /// The readings that arrive, where something happens to them on their way; nil where the files are of all.
    fileprivate var arrived: ReadingSlice?
    /// What has happened to them.
    fileprivate(set) var deliveryCounts = DeliveryCounts()
    /// Readings that have a row.
    var rowCount = 0
    /// What is wrong with the rows of the file that was read.
    var problems = Problems()
    /// What is wrong with the rows of a SQLite file that is compared with them.
    var tableProblems = Problems()
    /// Per text file: what its rows must be.
    fileprivate(set) var texts: [ByteBuffer] = []
    /// Of the readings.
    fileprivate(set) var statistics = DatasetStatistics()
    /// Digest of the readings' canonical encoding.
    fileprivate(set) var digest: [UInt8] = []
    /// The events' lines of `events.csv`.
    let eventLines = EncodedEvents()
    /// The lines of `delivery.csv`.
    let faultLines = EncodedFaults()

    /// What the rows of the files are of.
    var rows: ReadingSlice { arrived ?? block.readings.slice }

    /// How many rows a text file has of it.
    func rowCount(_ encoder: any RowEncoder) -> Int {
        encoder.rowCount(of: rows)
    }

    /// What a message says of the row with an index among those that a text file has.
    func name(ofRow index: Int, _ names: ReadingNames, _ encoder: any RowEncoder) -> String {
        let readings = rows
        var left = index
        for row in 0..<readings.count {
            let count = encoder.rowCount(ofReading: row, of: readings)
            if left < count {
                let sensor = readings.sensors[readings.places.lowerBound + row]
                return names.reading(readings.number(of: row) - 1, sensor: Int(sensor))
            }
            left -= count
        }
        return "no reading"
    }
}

/// Makes of a block's readings what the other files are compared with; the scratch memory of one worker.
struct BlockDigester {
    private let fleet: Fleet
    private var encoders: [any RowEncoder]
    private var arrivals: Arrivals
    private let deliveryColumns: [TableColumn<DeliveryFault>]

    /// Prepares for blocks of a plan, and for text files of these encoders.
    init(_ plan: GenerationPlan, encoders: [any RowEncoder]) {
        fleet = plan.fleet
        self.encoders = encoders
        arrivals = Arrivals(plan)
        deliveryColumns =
            plan.recipe.delivery == nil
            ? [] : .delivery(plan.recipe.deliveryTimestamps, sensorIDs: plan.fleet.sensors.map(\.id))
    }

    /// What goes with a block besides what arrives in it.
    struct Companion: Sendable {
        let events: [AnomalyEvent]
        let rowCount: Int
        let statistics: DatasetStatistics
        let digest: [UInt8]
        let faults: [DeliveryFault]
        let counts: DeliveryCounts
    }

    /// What arrives of a generated block, and what goes with it.
    mutating func send(_ block: GeneratedBlock) -> (rows: ReadingSlice, companion: Companion) {
        let rows = arrivals.arriving(of: block.readings.slice)
        var statistics = DatasetStatistics()
        statistics.reset(fleet)
        statistics.add(block.readings, of: fleet)
        let companion = Companion(
            events: block.events,
            rowCount: block.readings.labels.count { !Label(rawValue: $0).isOmitted },
            statistics: statistics,
            digest: ContentDigest.digest(of: block.readings),
            faults: arrivals.faults,
            counts: arrivals.counts
        )
        return (rows, companion)
    }

    /// Completes a block in the order of arrival.
    mutating func complete(_ product: CheckedBlock, _ rows: ReadingSlice, _ companion: Companion) {
        product.arrived = rows
        product.block.events = companion.events
        product.rowCount = companion.rowCount
        product.statistics = companion.statistics
        product.digest = companion.digest
        product.deliveryCounts = companion.counts
        product.faultLines.set(companion.faults, deliveryColumns)
        encodeTexts(of: product)
    }

    private mutating func encodeTexts(of product: CheckedBlock) {
        if product.texts.count != encoders.count { product.texts = encoders.map { _ in ByteBuffer() } }
        for index in encoders.indices {
            product.texts[index].removeAll()
            encoders[index].encode(product.rows, into: &product.texts[index])
        }
    }

    /// Completes a block whose readings are there.
    mutating func complete(_ product: CheckedBlock) {
        if !deliveryColumns.isEmpty {
            product.arrived = arrivals.arriving(of: product.block.readings.slice)
            product.deliveryCounts = arrivals.counts
            product.faultLines.set(arrivals.faults, deliveryColumns)
        }
        encodeTexts(of: product)
        product.digest = ContentDigest.digest(of: product.block.readings)
        product.statistics.reset(fleet)
        product.statistics.add(product.block.readings, of: fleet)
    }
}
