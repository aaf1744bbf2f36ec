package import DatasetGen

/// Rows of chosen columns, or of the narrow layout, as a format of text writes them.
package struct RowTable {
    /// What the file begins with.
    var header: [UInt8] = []
    /// The cells of each row of a reading.
    var rows: [[RowCell]]
    /// What a missing value is written as.
    let null: String
    /// How states are written.
    let states: StateTexts
    /// What a label is, by ``RowValue/LabelForm``.
    let labels: [LabelTexts]
    /// What a difficulty is, by ``EventDirectory/code(of:)``.
    let difficulties: [[UInt8]]
    /// What a part of the splits is, by ``SplitTable/code(ofSensor:position:isAnomalous:)``.
    let splits: [[UInt8]]
}

/// The rows that a reading has, by its sensor.
package struct RowsOfSensors: Sendable {
    /// Per sensor: a bit per row that its readings have; empty where each has a single one.
    private let measured: [UInt64]
    /// Rows of a reading of a sensor that measures everything.
    package let count: Int

    package init(_ output: ReadingOutput, _ sensors: [Sensor]) {
        guard output.parameters.layout == .narrow else {
            (measured, count) = ([], 1)
            return
        }
        let all = output.schema.all
        count = all.count
        measured = sensors.map { sensor in MetricSet(all.filter { sensor.measures($0) }).rawValue }
    }

    /// Whether the readings of a sensor have a row.
    @inline(__always)
    package func has(_ row: Int, ofSensor sensor: Int) -> Bool {
        measured.isEmpty || measured[sensor] >> UInt64(row) & 1 == 1
    }

    /// The rows that a reading of a sensor has.
    package func count(ofSensor sensor: Int) -> Int { measured.isEmpty ? 1 : measured[sensor].nonzeroBitCount }

    /// The number of a row of the reading with a number.
    ///
    /// Every reading has room for as many rows as there are metrics, so that a row's number follows from its reading's.
    @inline(__always)
    package func number(of row: Int, ofReading number: Int64) -> Int64 { (number - 1) * Int64(count) + Int64(row) + 1 }
}

extension ReadingOutput {
    /// Bytes in a format of the texts by ``EventDirectory/code(of:)``.
    static func difficulties(_ text: (String?) -> String) -> [[UInt8]] {
        Difficulty.texts.map { Array(text($0).utf8) }
    }

    /// Bytes in a format of the texts by ``SplitTable/code(ofSensor:position:isAnomalous:)``.
    func splitTexts(_ text: (String?) -> String) -> [[UInt8]] {
        (splits?.texts ?? [nil]).map { Array(text($0).utf8) }
    }
}
