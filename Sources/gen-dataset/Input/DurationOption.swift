import ArgumentParser
import DatasetGen

/// A time as an option has it: `200ms`, `1m30s`.
struct DurationOption: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        guard let microseconds = DurationText.wholeMicroseconds(of: argument) else { return nil }
        duration = .microseconds(microseconds)
    }
}
