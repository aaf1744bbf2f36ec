import DatasetGen
import Testing

struct JSONLinesEncoderTests {
    private static let location =
        #""location":{"name":"San Francisco","latitude":37.7749,"longitude":-122.4194,"#
        + #""timezone":"America/Los_Angeles"}"#
    private static let device = #""device":{"manufacturer":"SensorTech","model":"EnvMonitor-3000","firmware":"1.4"}}"#

    @Test func lineIsExact() throws {
        #expect(
            OutputFixture.json(OutputFixture.block(), try OutputFixture.sensors())
                == #"{"timestamp":"2025-01-18T10:30:45.123456","sensor_id":"S_000001","readings":{"temperature":22.50,"#
                + #""humidity":65.3,"pressure":1013.25,"voltage":12.100},"# + Self.location
                + #","anomaly":{"detected":false,"type":null},"# + Self.device + "\n"
        )
    }

    @Test func nullIsNullAndOmittedRowsAreMissing() throws {
        let missing = Int32.min
        let block = OutputFixture.block(
            times: [0, 1],
            metrics: [[missing, -5, missing, 0], [0, 0, 0, 0]],
            labels: [Label(.missingData), Label(.missingData, omitted: true)]
        )
        #expect(
            OutputFixture.json(block, try OutputFixture.sensors())
                == #"{"timestamp":"1970-01-01T00:00:00.000000","sensor_id":"S_000001","readings":{"temperature":null,"#
                + #""humidity":-0.5,"pressure":null,"voltage":0.000},"# + Self.location
                + #","anomaly":{"detected":true,"type":"missing_data"},"# + Self.device + "\n"
        )
    }

    @Test func textIsEscaped() throws {
        let sensors = try OutputFixture.sensors { group in
            group.naming = .fixed("quote\" back\\slash")
            group.model = "tab\tline\nreturn\rbell\u{7}"
            group.manufacturer = "sep\u{2028}\u{2029}😀é/"
        }
        let text = OutputFixture.json(OutputFixture.block(), sensors)
        #expect(text.contains(#""sensor_id":"quote\" back\\slash","#))
        #expect(text.contains(#""manufacturer":"sep\u2028\u2029😀é/","model":"tab\tline\nreturn\rbell\u0007","#))
        #expect(text.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
    }
}
