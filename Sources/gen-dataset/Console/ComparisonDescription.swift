import DatasetChecks

/// Whether days of a dataset can be told from real ones, as text.
struct ComparisonDescription {
    private let test: TwoSampleTest

    init(_ test: TwoSampleTest) {
        self.test = test
    }

    /// A table, and what it means.
    var text: String {
        var table = TextTable(["told from real days by", "as they are", "floor", "by shape", "floor"])
        for figure in test.figures {
            table.add([
                figure.metric ?? "all together", Self.number(figure.raw), Self.number(figure.rawFloor),
                Self.number(figure.shape), Self.number(figure.shapeFloor),
            ])
        }
        return table.text
            + "\n  areas under the ROC curve, of \(test.days.dataset) and \(test.days.recording) days: 0.5 is chance;"
            + "\n  floor: even against odd weeks of the real ones"
    }

    private static func number(_ value: Double?) -> String { value.map { Readable.fixed($0, decimals: 3) } ?? "-" }
}
