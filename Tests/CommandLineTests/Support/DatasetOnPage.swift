/// What `page.py` finds on a page.
struct DatasetOnPage: Decodable {
    struct Table: Decodable, Equatable {
        var heading: [String]
        var rows: [[String]]
    }

    struct Metric: Decodable, Equatable {
        var table: Table
        var pictures: [String]
    }

    var title: String
    var heading: String
    var sections: [String]
    /// By their captions.
    var tables: [String: Table]
    /// By their headings.
    var metrics: [String: Metric]
    var days: [String]
    var pictures: [String]
    var foot: [String]
    var text: String
    /// What the page would need besides itself, or leads nowhere.
    var faults: [String]

    /// The row of a table that begins with a word.
    func row(_ name: String, of table: String) -> [String]? { tables[table]?.rows.first { $0[0] == name } }
}
