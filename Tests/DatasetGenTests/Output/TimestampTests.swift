import DatasetGen
import Testing

struct TimestampTests {
    @Test(arguments: [
        (TimestampStyle.naive, "2025-01-18T10:30:45.123456"), (.utc, "2025-01-18T10:30:45.123456Z"),
        (.epochSeconds, "1737196245"), (.epochMilliseconds, "1737196245123"), (.epochMicroseconds, "1737196245123456"),
        (.epochNanoseconds, "1737196245123456000"),
    ])
    func everyStyle(style: TimestampStyle, text: String) throws {
        let sensors = try OutputFixture.sensors()
        #expect(OutputFixture.csv(OutputFixture.block(), sensors, style).hasPrefix("1,\(text),S_000001,"))
        let isText = style == .naive || style == .utc
        let value = isText ? "\"\(text)\"" : text
        #expect(
            OutputFixture.json(OutputFixture.block(), sensors, style).hasPrefix("{\"timestamp\":\(value),\"sensor_id\"")
        )
    }

    /// Equal times, steps within the hour and out of it, and times that go back.
    @Test func rememberedTextIsNeverStale() throws {
        let hour: Int64 = 3_600_000_000
        var times: [Int64] = [
            0, 0, 1, 999_999, 1_000_000, 59_999_999, 60_000_000, hour - 1, hour, hour + 1, hour - 1, -1, -hour,
            24 * hour,
            SimulatedTime.earliest.microseconds, SimulatedTime.latest.microseconds - 1, OutputFixture.time,
        ]
        var state: UInt64 = 1
        for _ in 0..<2_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let step = Int64(state >> 33) % (state & 1 == 0 ? 10_000_000 : 400 * 24 * hour)
            times.append(OutputFixture.time + step)
        }
        let block = OutputFixture.block(times: times, metrics: times.map { _ in [0, 0, 0, 0] })
        let rows = OutputFixture.csv(block, try OutputFixture.sensors()).split(separator: "\n")
        #expect(rows.count == times.count)
        for (time, row) in zip(times, rows) {
            #expect(row.split(separator: ",")[1] == SimulatedTime(microseconds: time).text)
        }
    }
}
