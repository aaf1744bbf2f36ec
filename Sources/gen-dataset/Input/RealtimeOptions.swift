import ArgumentParser
import DatasetGen

/// The options of a live run.
struct RealtimeOptions: ParsableArguments {
    @Flag(help: "Write readings when the clock reaches them, into the SQLite database at database.path.")
    var realtime = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Simulated seconds in a second; default 1.", valueName: "n")
    )
    var speed: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How much of the past, such as 7d, to write at full speed first.", valueName: "length")
    )
    var backfill: String?

    @Flag(help: "Write the readings to standard output too, as JSON Lines.")
    var stdout = false

    /// Microseconds of backfill.
    var backfillMicroseconds: Int64 { backfill.flatMap { DurationText.wholeMicroseconds(of: $0) } ?? 0 }

    func validate() throws {
        if let speed, !(0.001...1_000_000).contains(speed) {
            throw ValidationError("--speed \(speed): between 0.001 and 1000000")
        }
        if let backfill, DurationText.wholeMicroseconds(of: backfill) == nil {
            throw ValidationError("--backfill \(backfill): write a duration such as 90s, 12h, 7d or 1d12h")
        }
    }
}
