import DatasetGen

/// A metric and the column of a file that it is in, as `--value NAME=COLUMN` says.
struct MetricColumn {
    let name: String
    let column: String

    /// Nil for a text of another form.
    init?(_ text: String) {
        guard let sign = text.firstIndex(of: "=") else { return nil }
        name = String(text[..<sign])
        column = String(text[text.index(after: sign)...])
        guard MetricName.problem(with: name) == nil, !column.isEmpty else { return nil }
    }

    /// What is wrong with a text that is none.
    static func problem(with text: String) -> String {
        if let sign = text.firstIndex(of: "="), text[sign...].count > 1 {
            let name = String(text[..<sign])
            if !name.isEmpty, let problem = MetricName.problem(with: name) { return "\(name.quoted) \(problem)" }
        }
        return "write NAME=COLUMN, such as temperature=T1"
    }
}
