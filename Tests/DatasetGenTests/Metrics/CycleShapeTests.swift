import DatasetGen
import Testing

/// Cycles of a shape that a recipe states.
@Suite struct CycleShapeTests {
    static let week = CycleShape([1, 1, 1, 1, 1, 0.4, 0, 3, 2])!

    @Test func aShapeHasMeanZeroAndVarianceOne() {
        let values = (0..<9_000).map { Self.week.value(turns: (Double($0) + 0.5) / 9_000) }
        #expect(abs(Figures.mean(values)) < 1e-9)
        #expect(abs(Figures.variance(values) - 1) < 1e-3)
        // In any unit it is the same.
        let other = CycleShape(Self.week.numbers.map { 7 * $0 - 100 })!
        #expect(abs(other.value(turns: 0.31) - Self.week.value(turns: 0.31)) < 1e-12)
    }

    @Test func aShapeIsStraightBetweenItsNumbersAndComesBack() {
        let (first, second) = (Self.week.value(turns: 5 / 9), Self.week.value(turns: 6 / 9))
        #expect(abs(Self.week.value(turns: 5.25 / 9) - (0.75 * first + 0.25 * second)) < 1e-12)
        let (last, begin) = (Self.week.value(turns: 8 / 9), Self.week.value(turns: 0))
        #expect(abs(Self.week.value(turns: 8.5 / 9) - (last + begin) / 2) < 1e-12)
        #expect(abs(Self.week.value(turns: 1 - 1e-12) - begin) < 1e-9)
    }

    @Test func whatSaysNothingIsNone() {
        #expect(CycleShape([]) == nil)
        #expect(CycleShape([1]) == nil)
        #expect(CycleShape([2, 2, 2]) == nil)
        #expect(CycleShape(Array(repeating: 0, count: 2_016) + [1]) == nil)
        #expect(CycleShape([1e308, -1e308]) == nil)
        #expect(CycleShape([0, 1]) != nil)
    }

    /// What anomalies are told by: the change of a healthy reading in some time.
    @Test func itsChangesAreThoseOfItsValues() {
        let square = Self.week.squaredChange(turns: 0.01)
        let values = (0..<10_000).map { Self.week.value(turns: Double($0) / 10_000) }
        let changes = (0..<10_000).map { values[($0 + 100) % 10_000] - values[$0] }
        #expect(abs(square / Figures.mean(changes.map { $0 * $0 }) - 1) < 0.15)
        #expect(Self.week.squaredChange(turns: 0.3) >= Self.week.squaredChange(turns: 0.15))
        #expect(Self.week.squaredChange(turns: 5) == Self.week.squaredChange(turns: 0.5))
    }

    @Test(arguments: [7, 14])
    func weeksBeginOnMonday(_ days: Int64) throws {
        // A number a day: high on the first day of the period alone.
        let shape = CycleShape([9] + Array(repeating: 0, count: Int(days) - 1))!
        var parameters = ProcessParameters(mean: 20, standardDeviation: 5, minimum: -80, maximum: 120)
        parameters.cycles = [MetricCycle(period: days * MetricFixture.day, share: 0.9, shape: shape)]
        // From Wednesday, 1 January 2025.
        let grid = MetricFixture.grid(days: 28, interval: "1d")
        let source = try MetricFixture.process(parameters, grid)
        let counts = MetricFixture.counts(source, MetricFixture.keys(1), 0..<28)
        let high = counts.indices.sorted { counts[$0] > counts[$1] }.prefix(28 / Int(days))
        #expect(high.allSatisfy { $0 % 7 == 5 }, "\(counts)")
    }

    @Test func aShapeHasItsShareOfTheVariance() throws {
        var parameters = ProcessParameters(mean: 20, standardDeviation: 5, minimum: -80, maximum: 120)
        parameters.cycles = [MetricCycle(period: MetricFixture.day, share: 0.4, shape: CycleShape([0, 0, 5, 3])!)]
        let values = try ProcessModelTests.values(parameters)
        #expect(abs(Figures.variance(Figures.cycle(values, length: 72)) / 25 - 0.4) < 0.03)
        #expect(abs(Figures.deviation(values) - 5) < 0.1 && abs(Figures.mean(values) - 20) < 0.1)
    }

    /// An hour in a day, and one in a week, twelve standard deviations high.
    @Test(arguments: [24, 168])
    func narrowPeaksHaveTheDeviationAndNoFlatTop(_ hours: Int) throws {
        var parameters = ProcessParameters(mean: 40, standardDeviation: 5, minimum: 0, maximum: 200)
        let shape = CycleShape(Array(repeating: 0, count: hours - 1) + [1])!
        let period = Int64(hours) * MetricFixture.hour
        parameters.cycles = [MetricCycle(period: period, share: 0.9, shape: shape)]
        let grid = MetricFixture.grid(days: 56, interval: "10m")
        let source = try MetricFixture.process(parameters, grid)
        let values = (0..<20 as Range<UInt64>)
            .flatMap { MetricFixture.counts(source, MetricFixture.keys($0), 0..<grid.tickCount) }
            .map { Double($0) / 10 }
        #expect(abs(Figures.deviation(values) / 5 - 1) < 0.02, "\(Figures.deviation(values))")
        let top = values.max()!
        #expect(values.count { $0 > top - 0.05 } < 40, "\(top): \(values.count { $0 > top - 0.05 })")
    }

    @Test func anyCutHasTheSameReadings() throws {
        var parameters = ProcessParameters(mean: 20, standardDeviation: 5, minimum: -80, maximum: 120)
        parameters.cycles = [MetricCycle(period: 7 * MetricFixture.day, share: 0.4, shape: Self.week)]
        let grid = MetricFixture.grid(days: 2, interval: "7s")
        let source = try MetricFixture.process(parameters, grid)
        let sensor = MetricFixture.keys(3)
        let whole = MetricFixture.counts(source, sensor, 0..<grid.tickCount)
        #expect(MetricFixture.cut(source, sensor, 12_000..<16_000) == Array(whole[12_000..<16_000]))
    }
}
