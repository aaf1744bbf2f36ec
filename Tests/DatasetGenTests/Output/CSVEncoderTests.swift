import DatasetFormats
import DatasetGen
import Testing

struct CSVEncoderTests {
    private static let tail =
        "1.4,EnvMonitor-3000,SensorTech,SN-1,San Francisco,37.7749,-122.4194"
        + ",America/Los_Angeles,,2025-03-24,8.3,0\n"

    @Test func headerNamesTheColumns() throws {
        let encoder = CSVEncoder(sensors: try OutputFixture.sensors(), timestamps: .naive)
        #expect(
            String(decoding: encoder.header, as: UTF8.self)
                == "id,timestamp,sensor_id,temperature,humidity,pressure,voltage,status_code,anomaly_flag,anomaly_type,"
                + "firmware_version,model,manufacturer,serial_number,location,latitude,longitude,timezone,"
                + "deployment_type,installation_date,height_meters,synced\n"
        )
    }

    @Test func rowIsExact() throws {
        let text = OutputFixture.csv(OutputFixture.block(firstNumber: 42), try OutputFixture.sensors())
        #expect(text == "42,2025-01-18T10:30:45.123456,S_000001,22.50,65.3,1013.25,12.100,0,0,," + Self.tail)
    }

    @Test func nullIsEmptyAndOmittedRowsLeaveAGap() throws {
        let missing = Int32.min
        let block = OutputFixture.block(
            firstNumber: 7,
            times: [0, 1_000_000, 2_000_000],
            metrics: [
                [missing, missing, missing, missing], [missing, missing, missing, missing], [-5, 0, 100, -12_100],
            ],
            labels: [Label(.missingData), Label(.missingData, omitted: true), Label(.spike)]
        )
        #expect(
            OutputFixture.csv(block, try OutputFixture.sensors())
                == "7,1970-01-01T00:00:00.000000,S_000001,,,,,1,1,missing_data," + Self.tail
                + "9,1970-01-01T00:00:02.000000,S_000001,-0.05,0.0,1.00,-12.100,1,1,spike," + Self.tail
        )
    }

    @Test func fieldsAreQuotedWhereAReaderNeedsIt() throws {
        let sensors = try OutputFixture.sensors { group in
            group.naming = .fixed("a,b")
            group.model = "say \"hi\""
            group.manufacturer = " padded "
            group.serialNumber = "line\nbreak\r"
            group.deploymentType = "sep\u{2028}😀"
        }
        #expect(
            OutputFixture.csv(OutputFixture.block(), sensors)
                == "1,2025-01-18T10:30:45.123456,\"a,b\",22.50,65.3,1013.25,12.100,0,0,,"
                + "1.4,\"say \"\"hi\"\"\",\" padded \",\"line\nbreak\r\",San Francisco,37.7749,-122.4194"
                + ",America/Los_Angeles,sep\u{2028}😀,2025-03-24,8.3,0\n"
        )
    }

    @Test(arguments: 0...6)
    func numbersOfAllSizesAreExact(decimals: Int) throws {
        var values: [Int32] = [0, 1, 5, 9, 10, 99, 100, 999, 1_000, 9_999, 10_000, 99_999, 100_000, 999_999, 1_000_000]
        values += [9_999_999, 10_000_000, 99_999_999, 100_000_000, 999_999_999, 1_000_000_000, .max]
        values += values.map { -$0 }
        let sensors = try OutputFixture.sensors(decimals: Array(repeating: decimals, count: 4))
        let block = OutputFixture.block(
            times: values.map { _ in 0 },
            metrics: values.map { Array(repeating: $0, count: 4) }
        )
        let rows = OutputFixture.csv(block, sensors).split(separator: "\n")
        for (value, row) in zip(values, rows) {
            let fields = row.split(separator: ",", omittingEmptySubsequences: false)[3..<7]
            #expect(fields.allSatisfy { $0 == Self.decimal(value, decimals) })
        }
        #expect(rows.count == values.count)
    }

    /// The slow, plain way to write a number.
    private static func decimal(_ count: Int32, _ decimals: Int) -> String {
        let digits = String(count.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let point = decimals == 0 ? "" : "."
        return (count < 0 ? "-" : "") + padded.dropLast(decimals) + point + padded.suffix(decimals)
    }
}
