/// The files of a dataset with all formats and their default compression.
enum DatasetFile {
    /// Their names, sorted.
    static let all = [
        "SHA256SUMS", "events.csv", "manifest.json", "readings.csv.gz", "readings.jsonl.gz", "readings.sqlite",
        "recipe.yaml", "sensors.csv",
    ]
}
