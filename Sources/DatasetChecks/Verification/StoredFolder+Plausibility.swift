package import DatasetFiles
package import DatasetGen

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
    ///
    /// - Parameters:
    ///   - recipe: the recipe that the folder says it was made from.
    ///   - fewReadings: as many as are made in a second or two, whatever the files hold.
    /// - Returns: the problem, as the predicate of a sentence about the recipe.
    /// - Throws: ``FileError`` when `events.csv` cannot be read.
    package func problem(ofAmountsIn recipe: Recipe, fewReadings: Int64 = 20_000_000) throws(FileError) -> String? {
        if let problem = problem(ofSensorsIn: recipe) { return problem }
        return try problem(ofReadingsIn: recipe, fewReadings: fewReadings)
    }

    /// What is wrong with the number of a recipe's readings; nil if the files may be those of as many.
    ///
    /// A reading that missing data omit takes no byte: how many there are is what the events say.
    private func problem(ofReadingsIn recipe: Recipe, fewReadings: Int64) throws(FileError) -> String? {
        var bytes: Int64 = 0
        for name in names { bytes = bytes.addingClamped((try? file(name))?.size ?? 0) }
        let count = recipe.readingCount
        func isTooMany(_ count: Int64) -> Bool {
            count > fewReadings && (count - fewReadings) / Self.readingsPerByte(of: recipe) > bytes
        }
        guard isTooMany(count) else { return nil }
        if has("events.csv"), recipe.omitsReadings {
            let omitted = try OmittedReadings(file("events.csv"), tickCount: recipe.grid.tickCount)
            guard isTooMany(count - min(count, omitted.count)) else { return nil }
        }
        return "it asks for \(count.grouped(of: "reading")), far more than files of \(bytes.grouped(of: "byte")) "
            + "can be of"
    }

    /// Of the densest dataset: a row of a compressed text takes ten bytes or so, unless the recipe has left most of it out.
    private static func readingsPerByte(of recipe: Recipe) -> Int64 {
        recipe.outputs.contains { $0.columns == nil } ? 32 : 1_024
    }

    private static let fewSensors: Int64 = 1_000
    /// A line has at least as many commas.
    private static let leastSensorBytes: Int64 = 32
}

extension Int64 {
    /// The sum, or the largest number: a file of holes may have any size.
    func addingClamped(_ other: Int64) -> Int64 {
        let (sum, isTooLarge) = addingReportingOverflow(other)
        return isTooLarge ? .max : sum
    }
}
