/// What a folder's files cannot be, by their sizes alone: a few bytes of a recipe may ask for what takes hours to make.
extension StoredFolder {
    /// What is wrong with the number of a recipe's sensors; nil if `sensors.csv` may hold as many.
    private func problem(ofSensorsIn recipe: Recipe) -> String? {
        let bytes = (try? file("sensors.csv"))?.size ?? 0
        let count = Int64(clamping: recipe.sensorCount)
        // Where the file is missing, others say so; it takes no time to make a few.
        guard count > Self.fewSensors, bytes / Self.leastSensorBytes < count else { return nil }
        return "it has \(count.grouped) sensors, which sensors.csv, of \(bytes.grouped(of: "byte")), cannot hold"
    }

    /// What is wrong with how much a recipe asks for; nil if the files may hold as much.
    package func problem(ofAmountsIn recipe: Recipe) -> String? {
        problem(ofSensorsIn: recipe) ?? problem(ofReadingsIn: recipe)
    }

    /// What is wrong with the number of a recipe's readings; nil if the files may be those of as many.
    ///
    /// A reading that missing data omit takes no byte, but the events that omit it are few only where others are there.
    private func problem(ofReadingsIn recipe: Recipe) -> String? {
        var bytes: Int64 = 0
        for name in names { bytes = bytes.addingClamped((try? file(name))?.size ?? 0) }
        let count = recipe.readingCount
        guard count > Self.fewReadings, (count - Self.fewReadings) / Self.readingsPerByte > bytes else { return nil }
        return "it asks for \(count.grouped(of: "reading")), far more than files of \(bytes.grouped(of: "byte")) "
            + "can be of"
    }

    /// Made in a second or two.
    private static let fewReadings: Int64 = 20_000_000
    /// Of the densest dataset, a single compressed text, in which only one of some hundred readings has a row.
    private static let readingsPerByte: Int64 = 32
    private static let fewSensors: Int64 = 1_000
    /// A line has at least as many commas.
    private static let leastSensorBytes: Int64 = 32
}

extension Int64 {
    /// The sum, or the largest number: a file of holes may have any size.
    fileprivate func addingClamped(_ other: Int64) -> Int64 {
        let (sum, isTooLarge) = addingReportingOverflow(other)
        return isTooLarge ? .max : sum
    }
}
