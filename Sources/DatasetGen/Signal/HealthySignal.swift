/// Evaluates a ``SignalModel`` column by column; the scratch memory of one worker.
///
/// ``prepare(ticks:)`` computes what depends on time alone; ``fill(_:ticks:into:)`` then adds a sensor's own part.
struct HealthySignal {
    private let model: SignalModel
    private var ticks: Range<Int64> = 0..<0
    /// Microseconds since the Unix epoch, per prepared tick.
    private(set) var times: [Int64] = []
    private var weather: [LatticeColumn]
    private var local: [LatticeColumn]
    /// UTC as a part of the day, per tick.
    private var days: [Double] = []
    /// Per site: per metric, per tick; empty until a sensor of the site asks for it.
    private var siteColumns: [[[Double]]]
    private var siteIsReady: [Bool]
    private var scratch: [Double] = []

    init(_ model: SignalModel) {
        self.model = model
        weather = Octave.weather.map(LatticeColumn.init)
        local = Octave.local.map(LatticeColumn.init)
        siteColumns = Array(
            repeating: Array(repeating: [], count: Metric.count),
            count: model.sites.count
        )
        siteIsReady = Array(repeating: false, count: model.sites.count)
    }

    /// Sets the ticks that the following calls may ask for.
    mutating func prepare(ticks: Range<Int64>) {
        guard ticks != self.ticks else { return }
        self.ticks = ticks
        for index in siteIsReady.indices { siteIsReady[index] = false }
        times.resize(to: ticks.count, filler: 0)
        days.resize(to: ticks.count, filler: 0)
        for (index, tick) in ticks.enumerated() {
            let time = model.grid.time(ofTick: tick)
            times[index] = time.microseconds
            // Cycles repeat with the day: its number would only cost digits.
            days[index] = Double(time.dayAndMicroseconds.microseconds) / Double(SimulatedTime.microsecondsPerDay)
        }
        for index in weather.indices { weather[index].prepare(times: times) }
        for index in local.indices { local[index].prepare(times: times) }
    }

    /// Writes the healthy counts of a sensor at some of the prepared ticks, per metric from index 0 on.
    mutating func fill(_ sensor: Sensor, ticks: Range<Int64>, into columns: inout [[Int32]]) {
        if !siteIsReady[sensor.site] { prepareSite(sensor.site) }
        let first = Int(ticks.lowerBound - self.ticks.lowerBound)
        let count = ticks.count
        var signal: [Double] = []
        swap(&signal, &scratch)
        defer { swap(&signal, &scratch) }
        signal.resize(to: count, filler: 0)
        for metric in Metric.allCases {
            let shape = model.shapes[metric.rawValue]
            let siteColumn = siteColumns[sensor.site][metric.rawValue]
            var span = signal.mutableSpan
            let shared = siteColumn.span
            for index in 0..<count { span[index] = shared[first + index] }
            for octave in local.indices {
                local[octave]
                    .add(
                        LatticeNoise(sensor.surroundingsKey(of: metric, octave: octave)),
                        scale: shape.localShares[octave].squareRoot(),
                        from: first,
                        to: &span
                    )
            }
            NormalDeviates(sensor.noiseKey(of: metric))
                .add(to: &span, first: UInt64(bitPattern: ticks.lowerBound), scale: shape.noiseShare.squareRoot())
            var counts = columns[metric.rawValue].mutableSpan
            model.fits[metric.rawValue].quantise(signal.span, into: &counts)
        }
    }

    /// Daily cycle and weather of a site.
    private mutating func prepareSite(_ index: Int) {
        let site = model.sites[index]
        for metric in Metric.allCases {
            let shape = model.shapes[metric.rawValue]
            var column: [Double] = []
            swap(&column, &siteColumns[index][metric.rawValue])
            defer { swap(&column, &siteColumns[index][metric.rawValue]) }
            column.resize(to: ticks.count, filler: 0)
            var span = column.mutableSpan
            for tick in span.indices {
                span[tick] = shape.dailyCycle(solarDays: days[tick] + site.longitudeDays)
            }
            for octave in weather.indices where shape.weatherShares[octave] > 0 {
                weather[octave]
                    .add(
                        site.weather[metric.rawValue][octave],
                        scale: shape.weatherShares[octave].squareRoot(),
                        from: 0,
                        to: &span
                    )
            }
        }
        siteIsReady[index] = true
    }
}
