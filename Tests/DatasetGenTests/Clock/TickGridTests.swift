import DatasetGen
import Testing

@Suite struct TickGridTests {
    @Test(arguments: ["1e-9223372036854775808", "1e9223372036854775807", "1e-19", "999999999999999999e18", "0", "-1"])
    func numbersBeyondAllMeasureAreNoIntervals(text: String) {
        #expect(TickInterval(parsing: text) == nil)
        #expect(TickInterval(readingsPerSecond: text) == nil)
        #expect(Resolution(parsing: text) == nil)
    }

    private let start = SimulatedTime(parsing: "2025-01-01")!

    private func grid(_ interval: String, _ duration: String) throws -> TickGrid {
        let length = try #require(DurationText.wholeMicroseconds(of: duration))
        return TickGrid(
            start: start,
            end: SimulatedTime(microseconds: start.microseconds + length),
            interval: try #require(TickInterval(parsing: interval))
        )
    }

    @Test(arguments: [
        ("1s", "1h", 3_600), ("7s", "1m", 9), ("1/3s", "1s", 3), ("1ms", "1s", 1_000), ("1d", "7d", 7),
        ("1d", "1s", 1), ("2/7s", "2s", 7), ("2/7s", "2000001us", 8),
    ])
    func countsTicksOfHalfOpenInterval(interval: String, duration: String, count: Int64) throws {
        let grid = try grid(interval, duration)
        #expect(grid.tickCount == count)
        #expect(grid.time(ofTick: count - 1) < grid.end)
        #expect(grid.time(ofTick: count) >= grid.end)
    }

    @Test func thirdsOfASecondDoNotDrift() throws {
        let grid = try grid("1/3s", "365d")
        for second in [0, 1, 86_400, 31_535_999] as [Int64] {
            #expect(grid.time(ofTick: 3 * second).microseconds - start.microseconds == second * 1_000_000)
            #expect(grid.time(ofTick: 3 * second + 1).microseconds - start.microseconds == second * 1_000_000 + 333_333)
            #expect(grid.time(ofTick: 3 * second + 2).microseconds - start.microseconds == second * 1_000_000 + 666_666)
        }
    }

    @Test(arguments: ["0.5ms", "25h", "0s", "-1s", "1", "abc", "1/0s", "1x"])
    func refusesOtherIntervals(text: String) {
        #expect((TickInterval(parsing: text) == nil) == (text != "1"))
    }

    @Test(arguments: [
        ("10", "100ms"), ("3", "1/3s"), ("0.2", "5s"), ("1000", "1ms"), ("0.3", "10/3s"), ("1e-3", "16m40s"),
    ])
    func intervalIsTheInverseOfTheRate(rate: String, interval: String) throws {
        let fromRate = try #require(TickInterval(readingsPerSecond: rate))
        #expect(fromRate == TickInterval(parsing: interval))
        #expect(TickInterval(parsing: fromRate.text) == fromRate)
    }

    @Test(
        arguments: [
            ("90s", 90_000_000), ("15m", 900_000_000), ("12h", 43_200_000_000), ("7d", 604_800_000_000),
            ("4w", 2_419_200_000_000), ("1d12h", 129_600_000_000), ("1.5h", 5_400_000_000), ("3600", 3_600_000_000),
        ] as [(String, Int64)]
    )
    func readsDurations(text: String, microseconds: Int64) throws {
        #expect(DurationText.wholeMicroseconds(of: text) == microseconds)
        #expect(DurationText.wholeMicroseconds(of: DurationText.text(ofMicroseconds: microseconds)) == microseconds)
    }

    @Test(arguments: ["", "d", "1d 2h", "1y", "0s", "99999999999999999999d", "1d12", "1..5h", "400000d"])
    func refusesOtherDurations(text: String) {
        #expect(DurationText.wholeMicroseconds(of: text) == nil)
    }
}
