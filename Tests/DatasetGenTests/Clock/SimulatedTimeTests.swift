import DatasetGen
import Testing

@Suite struct SimulatedTimeTests {
    @Test(arguments: [
        ("2025-01-18T10:30:45.123456Z", "2025-01-18T10:30:45.123456"),
        ("2025-01-18", "2025-01-18T00:00:00.000000"),
        ("2025-01-18 10:30", "2025-01-18T10:30:00.000000"),
        ("2025-01-18T10:30:45.5", "2025-01-18T10:30:45.500000"),
        ("2025-01-18T10:30:45+05:30", "2025-01-18T05:00:45.000000"),
        ("2025-01-18T00:30:00-09:30", "2025-01-18T10:00:00.000000"),
        ("2024-02-29T23:59:59.999999", "2024-02-29T23:59:59.999999"),
        ("1969-12-31T23:59:59.999999", "1969-12-31T23:59:59.999999"),
        ("1900-01-01", "1900-01-01T00:00:00.000000"),
    ])
    func readsISO8601(text: String, canonical: String) throws {
        #expect(try #require(SimulatedTime(parsing: text)).text == canonical)
    }

    @Test(arguments: [
        "", "2025", "2025-13-01", "2025-02-29", "1900-02-29", "2025-01-01T24:00", "2025-01-01T10:60",
        "2025-01-01T10:00:00.1234567", "2025-01-01X", "2025-01-01T10:00:00+", "2200-01-01", "1899-12-31", "２０２５-01-01",
    ])
    func refusesOtherText(text: String) {
        #expect(SimulatedTime(parsing: text) == nil)
    }

    @Test func everyDayOfFourCenturiesReadsBack() throws {
        let first = try #require(SimulatedTime(parsing: "1900-01-01"))
        var previous = ""
        for day in 0..<109_573 {
            let time = SimulatedTime(microseconds: first.microseconds + Int64(day) * 86_400_000_000)
            let text = time.text
            #expect(text > previous)
            #expect(SimulatedTime(parsing: text) == time)
            previous = text
        }
        #expect(previous.hasPrefix("2199-12-31"))
    }
}
