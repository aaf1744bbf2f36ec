import DatasetGen

/// A store that can be asked for what it holds.
///
/// Times are microseconds since 1970. Of a store that others fill as well only the fleet's sensors are asked for, and only
/// times of the dataset.
protocol ReadableTarget: DeliveryTarget {
    var plan: GenerationPlan { get }
    /// Whether the healthy twin is stored.
    var usesTwin: Bool { get }
    /// Whether labels are stored.
    var usesLabels: Bool { get }
    /// Whether a reading of which nothing is there has no row.
    var leavesOutEmptyRows: Bool { get }

    /// Has the store add up what it holds.
    ///
    /// - Parameters:
    ///   - proof: ``Proof/count`` or ``Proof/sums``.
    ///   - points: gets the numbers, by ``StoredPoints/set(_:_:sensor:window:)``.
    /// - Returns: the places of ``GroupSums/Layout`` that it has given; nil where everything has to be read back.
    /// - Throws: ``DeliveryError``.
    func addUp(_ proof: Proof, to points: inout StoredPoints) throws(DeliveryError) -> [Int]?

    /// In how many parts, each of some windows, everything is read back.
    func readCount(_ windows: ProofWindows) -> Int

    /// What reads, for one thread.
    func makeReader() throws(DeliveryError) -> any StoredReader
}

extension ReadableTarget {
    /// The columns of a row that hold values and labels, as ``StoredFields`` takes them.
    var valueNames: [String] {
        metricNames + (usesLabels ? ["anomaly_flag", "anomaly_type"] : [])
            + (usesArrivals ? [Column.arrivalTime.name] : [])
    }

    /// Whether times of arrival are stored, as whole numbers of microseconds since 1970.
    var usesArrivals: Bool { plan.recipe.delivery != nil }

    /// Whether a reading that arrives twice is there once, as it arrives last.
    var replacesCopies: Bool {
        if case .once = arrivals { usesArrivals } else { false }
    }

    /// The metrics, and those of the healthy twin behind them.
    var metricNames: [String] {
        let names = plan.recipe.schema.metrics.map(\.name)
        return names + (usesTwin ? names.map { "clean_" + $0 } : [])
    }

    /// In as many as there are windows.
    func readCount(_ windows: ProofWindows) -> Int { windows.count }
}

/// Reads back what a store holds; one thread at a time uses it.
protocol StoredReader {
    /// Reads back everything in a range of time; where that fails, nothing has been added.
    func read(_ times: Range<Int64>, to points: inout StoredPoints) throws(DeliveryError)

    /// The rows of a sensor in a range of time, in their order; values in that of ``ReadBackProof/columns(of:)``.
    func rows(of sensor: Sensor, in times: Range<Int64>) throws(DeliveryError) -> [RowComparison.Row]
}
