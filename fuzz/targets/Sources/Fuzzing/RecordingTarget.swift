import DatasetChecks
import DatasetFiles
import DatasetGen

/// A file of somebody's readings: CSV, Parquet or SQLite, by its first bytes.
///
/// Whatever is in it, it is taken or refused in a line, and what is taken gives a recipe or says why not.
struct RecordingTarget: FuzzTarget {
    static let name = "recording"
    private let scratch = Scratch()

    func run(_ input: [UInt8]) {
        scratch.write(input, to: "recording")
        let path = scratch.path("recording")
        let request = RecordingRequest(path: path, name: "recording", time: nil, sensor: nil, table: nil, columns: nil)
        let recording: Recording
        do {
            recording = try RecordingReader.read(try StoredFile(path: path), request)
        } catch {
            return requireOneLine("\(error)".onOneLine)
        }
        for note in recording.notes { requireOneLine(note.onOneLine) }
        let values = recording.sensors.reduce(0) { $0 + $1.columns.reduce(0) { $0 + $1.count } }
        require(recording.readingCount > 0 && values > 0, "a recording without readings is taken")
        do {
            _ = try RecipeLearner(recording, name: "learnt", source: "recording").text()
        } catch {
            requireOneLine("\(error)".onOneLine)
        }
    }
}
