import ArgumentParser
import DatasetDelivery
import DatasetGen

/// `65536`, which are readings, or `4MB`, `512kB`, `8MiB`.
extension BatchLimit {
    private static let units: KeyValuePairs<String, Int64> = [
        "kB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30,
    ]

    init?(argument: String) {
        if let readings = Int64(argument) {
            self = .readings(readings)
            return
        }
        guard let unit = Self.units.first(where: { argument.hasSuffix($0.key) }),
            let count = Int64(argument.dropLast(unit.key.count)), (1...1_000_000).contains(count)
        else { return nil }
        self = .bytes(count * unit.value)
    }

    /// Reads what an option says.
    ///
    /// - Throws: `ValidationError` with what would be right.
    static func option(_ text: String) throws(ValidationError) -> BatchLimit {
        guard let limit = BatchLimit(argument: text) else {
            throw ValidationError(
                "readings, a multiple of \(GenerationPlan.rowsPerBlock), or bytes with a unit, from 1kB on, such as 4MB"
            )
        }
        return limit
    }

    /// Throws unless whole blocks, or some bytes, are so much.
    func validate() throws(ValidationError) {
        guard case .readings(let count) = self,
            count < GenerationPlan.rowsPerBlock || count % GenerationPlan.rowsPerBlock != 0
        else { return }
        let blocks = max(1, count / GenerationPlan.rowsPerBlock)
        throw ValidationError(
            "--batch \(count): a multiple of \(GenerationPlan.rowsPerBlock), such as "
                + "\(blocks * GenerationPlan.rowsPerBlock), or bytes, such as 4MB"
        )
    }
}
