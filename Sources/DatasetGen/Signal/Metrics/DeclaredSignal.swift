/// Makes the healthy readings of ``DeclaredModels``, column by column; the scratch memory of one worker.
struct DeclaredSignal {
    private var processes: [(column: Int, source: ProcessSource)]
    private var counters: [(column: Int, source: CounterSource)]
    private var states: [(column: Int, source: StateSource)]
    private var lives: [(column: Int, source: LifeSource)]
    private var derived: [(column: Int, source: DerivedSource)]
    /// Per ``Fleet/kinds`` entry, per column: 10ᵈ.
    private let scales: [[Double]]
    /// Stands in for a column while it is written from the others.
    private var spare: [Int32] = []

    init(_ models: DeclaredModels, scales: [[Double]], sensorCount: Int) {
        processes = models.processes.map { ($0.column, ProcessSource($0.model)) }
        counters = models.counters.map { ($0.column, CounterSource($0.model, sensorCount: sensorCount)) }
        states = models.states.map { ($0.column, StateSource($0.model)) }
        lives = models.lives.map { ($0.column, LifeSource($0.model, sensorCount: sensorCount)) }
        derived = models.derived.map { ($0.column, DerivedSource($0.model)) }
        self.scales = scales
    }

    /// Sets the ticks that the following calls may ask for.
    mutating func prepare(ticks: Range<Int64>) {
        for index in processes.indices { processes[index].source.prepare(ticks: ticks) }
        for index in counters.indices { counters[index].source.prepare(ticks: ticks) }
        for index in states.indices { states[index].source.prepare(ticks: ticks) }
        for index in lives.indices { lives[index].source.prepare(ticks: ticks) }
    }

    /// Writes a sensor's counts of some metrics at some of the prepared ticks, from index 0 on; not of derived ones.
    mutating func fill(
        _ sensor: MetricKeys,
        _ metrics: MetricSet,
        ticks: Range<Int64>,
        into columns: inout [[Int32]]
    ) {
        for index in processes.indices where metrics.contains(column: processes[index].column) {
            processes[index].source.fill(sensor, ticks: ticks, into: &columns[processes[index].column])
        }
        for index in counters.indices where metrics.contains(column: counters[index].column) {
            counters[index].source.fill(sensor, ticks: ticks, into: &columns[counters[index].column])
        }
        for index in states.indices where metrics.contains(column: states[index].column) {
            states[index].source.fill(sensor, ticks: ticks, into: &columns[states[index].column])
        }
        for index in lives.indices where metrics.contains(column: lives[index].column) {
            lives[index].source.fill(sensor, ticks: ticks, into: &columns[lives[index].column])
        }
    }

    /// Computes those of some metrics that are derived at some indices from the columns of the others; `first` is the tick
    /// of index 0.
    mutating func derive(
        _ range: Range<Int>,
        _ sensor: MetricKeys,
        _ metrics: MetricSet,
        kind: Int,
        first: Int64,
        in columns: inout [[Int32]]
    ) {
        for index in derived.indices where metrics.contains(column: derived[index].column) {
            let column = derived[index].column
            if spare.count < range.upperBound { spare.resize(to: columns[column].count, filler: 0) }
            swap(&columns[column], &spare)
            derived[index].source
                .fill(range, of: columns, scales: scales[kind], sensor: sensor, first: first, into: &spare)
            swap(&columns[column], &spare)
        }
    }
}
