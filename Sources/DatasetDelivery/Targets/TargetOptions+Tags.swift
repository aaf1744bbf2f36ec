import DatasetGen

extension TargetOptions {
    /// The columns of `--tags`, in the order of their names' bytes.
    ///
    /// - Throws: ``DeliveryError`` for a name that there is not, and without that of the sensor.
    func tagColumns(_ names: [String]) throws(DeliveryError) -> [Column] {
        let known = PointText.tagColumns
        for name in names where !known.contains(where: { $0.name == name }) {
            let hint =
                Suggestion.nearest(to: name, among: known.map(\.name)).map { "did you mean \($0)?" }
                ?? "tags are of " + known.map(\.name).joined(separator: ", ")
            throw DeliveryError(.usage, "--tags: there is no column \(name.quoted) of a sensor; \(hint)")
        }
        guard names.contains(Column.sensorID.name) else {
            throw DeliveryError(
                .usage,
                "--tags: sensor_id is missing; without it readings of several sensors could not be told apart"
            )
        }
        return known.filter { names.contains($0.name) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}
