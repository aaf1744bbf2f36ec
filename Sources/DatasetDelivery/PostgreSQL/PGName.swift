import DatasetFormats
import DatasetGen

/// Names of tables, and texts, as SQL has them.
enum PGName {
    /// A name in quotes.
    static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

    /// A text in quotes.
    static func literal(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
}

/// The tables of a load.
struct PGTables: Hashable, Sendable {
    /// The schema; nil for the first of the search path.
    let schema: String?
    /// The table of the readings, without quotes.
    let base: String

    /// The tables of a load.
    ///
    /// - Parameter name: `table` or `schema.table`; nil for `readings`.
    /// - Throws: ``DeliveryError`` for a name that is none.
    init(_ name: String?) throws(DeliveryError) {
        let name = name ?? "readings"
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && !$0.unicodeScalars.contains("\0") }),
            parts.allSatisfy({ $0.utf8.count <= 50 })
        else {
            throw DeliveryError(.usage, "--table \(name.quoted): a name, or a schema's and a name, of 50 bytes at most")
        }
        schema = parts.count == 2 ? parts[0] : nil
        base = parts[parts.count - 1]
    }

    private func name(_ table: String) -> String {
        (schema.map { PGName.quoted($0) + "." } ?? "") + PGName.quoted(table)
    }

    /// As messages name the table of the readings.
    var text: String { (schema.map { $0 + "." } ?? "") + base }

    var readings: String { name(base) }
    /// `sensors` beside `readings`, else with the table's name before it.
    var sensorsBase: String { base == "readings" ? "sensors" : base + "_sensors" }
    var sensors: String { name(sensorsBase) }
    /// The table of events or of phenomena.
    func small(_ kind: SmallTable.Kind) -> String { name(base + kind.suffix) }
    var loads: String { name("gen_dataset_loads") }
    var blocks: String { name("gen_dataset_blocks") }
}
