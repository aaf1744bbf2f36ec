import DatasetGen

extension RecordFormat {
    /// In what a record differs from the one that should stand there: `temperature is 21.5, not 21.47`.
    func difference(_ stored: [UInt8], from expected: [UInt8]) -> String {
        let difference =
            switch self {
            case .csv(let columns): Self.difference(fields(of: stored), fields(of: expected), columns)
            case .jsonLines: Self.difference(JSONValue(parsing: stored), JSONValue(parsing: expected))
            case .points: StoredPoint.difference(stored, from: expected)
            case .samples: StoredSample.difference(stored, from: expected)
            case .native: NativeBlock.difference(stored, from: expected)?.text
            case .copy(let columns): StoredCopy.difference(stored, from: expected, columns)
            }
        switch self {
        case .native, .copy: return difference ?? "it is written differently"
        case .csv, .jsonLines, .points, .samples: break
        }
        return difference ?? "it is written differently: \(Excerpt.text(String(decoding: stored, as: UTF8.self)))"
    }

    /// The row of a record that is the first to differ from that of another one.
    func rowThatDiffers(_ stored: [UInt8], from expected: [UInt8]) -> Int {
        if case .native = self { NativeBlock.difference(stored, from: expected)?.row ?? 0 } else { 0 }
    }

    private func fields(of record: [UInt8]) -> [String] {
        var scanner = CSVScanner()
        _ = scanner.scan(record.span, from: 0, isLast: true)
        return scanner.fields.map { record.span.string($0) }
    }

    private static func difference(_ stored: [String], _ expected: [String], _ columns: [String]) -> String? {
        for index in expected.indices {
            let name = index < columns.count ? columns[index] : "field \(index + 1)"
            guard index < stored.count else { return "it ends before \(name)" }
            if stored[index] != expected[index] {
                return "\(name) is \(shown(stored[index])), not \(shown(expected[index]))"
            }
        }
        return stored.count > expected.count
            ? "it has \(stored.count.grouped(of: "field")), not \(expected.count)" : nil
    }

    private static func shown(_ field: String) -> String { field.isEmpty ? "empty" : Excerpt.text(field) }

    private static func difference(_ stored: JSONValue?, _ expected: JSONValue?) -> String? {
        guard let stored else { return "it is not JSON" }
        guard let expected else { return nil }
        return JSONDifference.first(stored, expected).map { "\($0.path) is \($0.stored), not \($0.expected)" }
    }
}
