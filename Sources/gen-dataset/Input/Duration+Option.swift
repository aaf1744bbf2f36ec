import ArgumentParser
import DatasetGen

extension Duration {
    /// Reads a time as an option has it: `200ms`, `1m30s`.
    ///
    /// - Throws: `ValidationError` with what would be right.
    static func option(_ text: String) throws(ValidationError) -> Duration {
        guard let microseconds = DurationText.wholeMicroseconds(of: text) else {
            throw ValidationError("a time above 0, such as 200ms or 1m30s")
        }
        return .microseconds(microseconds)
    }
}
