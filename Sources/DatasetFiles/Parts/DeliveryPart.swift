import DatasetFormats
import DatasetGen

/// What has happened to readings on their way as `delivery.csv`.
struct DeliveryPart: DatasetPart {
    /// Its name.
    static let fileName = "delivery.csv"

    private let timestamps: TimestampStyle
    private let columns: [TableColumn<DeliveryFault>]

    init(_ plan: GenerationPlan) {
        timestamps = plan.recipe.deliveryTimestamps
        columns = .delivery(timestamps, sensorIDs: plan.fleet.sensors.map(\.id))
    }

    var fileNames: [String] { [Self.fileName] }

    /// What it begins with.
    var header: [UInt8] { columns.csvHeader() }

    func makeEncoder() -> DeliveryEncoder { DeliveryEncoder(columns) }

    func makeSink(in folder: DatasetFolder, resuming state: StateReader?) throws(FileError) -> DeliverySink {
        let path = folder.path(of: Self.fileName)
        if var state { return try DeliverySink(resuming: path, timestamps, from: &state, in: folder.fileSystem) }
        return try DeliverySink(creating: path, header: header, timestamps, in: folder.fileSystem)
    }

    func estimate(_ sample: SizeSample) -> SizeEstimate {
        SizeEstimate(bytes: sample.readings * sample.bytesPerReading + Double(header.count))
    }
}
