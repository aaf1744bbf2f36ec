import DatasetGen
import Foundation
import Testing

/// A bit that is flipped anywhere in a dataset is found.
@Suite
struct FlippedBitTests {
    /// Flips a bit at random places of the files, which come by turns, and gives those that `find` does not see.
    private func unseen(
        _ count: Int,
        of dataset: AuditedDataset,
        in names: [String],
        find: () async throws -> Bool
    ) async throws -> [String] {
        var generator = SeededGenerator(seed: 20_250_101)
        var unseen: [String] = []
        for number in 0..<count {
            let name = names[number % names.count]
            let good = try dataset.bytes(name)
            let (byte, bit) = (
                Int.random(in: 0..<good.count, using: &generator), Int.random(in: 0..<8, using: &generator)
            )
            var bad = good
            bad[bad.startIndex + byte] ^= 1 << UInt8(bit)
            try dataset.write(bad, to: name)
            if try await !find() { unseen.append("\(name) byte \(byte) bit \(bit)") }
            try dataset.write(good, to: name)
        }
        return unseen
    }

    private static func recipe(_ outputs: String) -> String {
        """
        dataset: {seed: 5, duration: 10m}
        simulation: {interval: 5s}
        replicas: {count: 2}
        anomalies: {probability: 0.2, types: {missing_data: {duration: 20s, modes: [null, omit]}, trend: {duration: 20s}}}
        outputs: \(outputs)
        """
    }

    @Test func oneInAThousandPlaces() async throws {
        let dataset = try await AuditedDataset(
            Self.recipe("{csv: {compression: zstd}, jsonl: {}, sqlite: {page_size: 1024}}")
        )
        #expect(try await dataset.problems() == [])
        let names = try dataset.names()
        #expect(names.count == 8)
        let unseen = try await unseen(1_000, of: dataset, in: names) { try await !dataset.problems().isEmpty }
        #expect(unseen == [])
        #expect(try await dataset.problems() == [])
    }

    /// Texts say everything twice: what stands in one of them is determined by the others.
    @Test func inAnyTextThoughTheDigestsAreMadeToFit() async throws {
        let outputs = "{csv: {compression: none}, jsonl: {compression: none, timestamps: epoch_ms}, sqlite: {}}"
        let dataset = try await AuditedDataset(Self.recipe(outputs))
        let names = try dataset.names().filter { $0 != "SHA256SUMS" && $0 != "readings.sqlite" }
        #expect(names.count == 6)
        let unseen = try await unseen(100, of: dataset, in: names) {
            try dataset.fitDigests()
            return try await !dataset.problems().isEmpty
        }
        #expect(unseen == [])
    }
}
