/// What a folder's files cannot be, by their sizes alone: a few bytes of a recipe may ask for what takes hours to make.
extension StoredFolder {
    /// What is wrong with the number of a recipe's sensors; nil if `sensors.csv` may hold as many.
    package func problem(ofSensorsIn recipe: Recipe) -> String? {
        let bytes = (try? file("sensors.csv"))?.size ?? 0
        let count = Int64(clamping: recipe.sensorCount)
        // Where the file is missing, others say so; it takes no time to make a few.
        guard count > Self.fewSensors, bytes / Self.leastSensorBytes < count else { return nil }
        return "it has \(count.grouped) sensors, which sensors.csv, of \(bytes.grouped(of: "byte")), cannot hold"
    }

    private static let fewSensors: Int64 = 1_000
    /// A line has at least as many commas.
    private static let leastSensorBytes: Int64 = 32
}
