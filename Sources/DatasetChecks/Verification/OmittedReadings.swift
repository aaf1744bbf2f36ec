import DatasetFiles
import DatasetGen

/// How many readings the events of a dataset omit: they have no row in any file.
struct OmittedReadings {
    /// As far as the file can be read; what is wrong with it others say.
    private(set) var count: Int64 = 0

    /// Reads `events.csv`.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - tickCount: readings of a sensor, of which no event has more.
    /// - Throws: ``FileError`` when it cannot be read.
    init(_ file: StoredFile, tickCount: Int64) throws(FileError) {
        let window = TextWindow(file)
        var scanner = CSVScanner()
        var header: [String?] = []
        var isWhole = false
        while !isWhole {
            var position = 0
            let text = window.text
            while let next = scanner.scan(text.span, from: position, limit: CSVScanner.columnLimit, isLast: false) {
                position = next
                let fields = scanner.fields.map { CSVScanner.decoded(text.span, $0) }
                if header.isEmpty { header = fields } else { add(fields, header, tickCount) }
            }
            isWhole = try !window.advance(dropping: position)
        }
    }

    private mutating func add(_ fields: [String?], _ header: [String?], _ tickCount: Int64) {
        func text(_ name: String) -> String? {
            header.firstIndex(of: name).flatMap { $0 < fields.count ? fields[$0] : nil }
        }
        guard text("mode") == MissingMode.omit.rawValue, let readings = text("readings").flatMap({ Int64($0) }) else {
            return
        }
        count = count.addingClamped(min(max(0, readings), tickCount))
    }
}
