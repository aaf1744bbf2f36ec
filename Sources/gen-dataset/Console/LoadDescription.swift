import DatasetDelivery
import DatasetFormats
import DatasetGen

/// What a load has done and what was proven, for people and for programs.
struct LoadDescription {
    let target: String
    let summary: LoadSummary?
    let report: ProofReport?
    /// Whether readings may arrive late, twice or never.
    let isOfArrivals: Bool
    /// Whether the size of batches was for the load to find.
    let tellsBatches: Bool

    var text: String {
        var lines: [String] = []
        if let summary {
            let rate = Double(summary.delivered) / max(summary.seconds, 1e-9)
            let earlier = summary.earlier == 0 ? "" : ", \(Readable.count(summary.earlier)) were there"
            let late =
                summary.lateness.map { ", at most \(Readable.fixed($0 / .seconds(1), decimals: 3)) s late" } ?? ""
            let retries = summary.retries == 0 ? "" : ", \(Readable.count(summary.retries)) attempts again"
            let twice =
                summary.possibleDuplicates == 0
                ? "" : "; \(Readable.count(summary.possibleDuplicates)) may be there twice, as they were sent again"
            let arrived = isOfArrivals ? ", of which \(Readable.count(summary.rows, of: "row")) arrived" : ""
            let batches =
                tellsBatches ? ", the last ones \(Readable.count(summary.batchReadings)) at a time" : ""
            lines.append(
                "\(target): \(Readable.count(summary.delivered, of: "reading"))\(arrived) in "
                    + "\(Readable.fixed(summary.seconds, decimals: 2)) s, \(Readable.rate(rate, of: "readings"))"
                    + batches + earlier + late + retries + twice
            )
        }
        if let report {
            lines.append(
                report.proof == .rows
                    ? "proven: all \(Readable.count(report.rows, of: "reading")) were read back and are those that were sent"
                    : "proven: \(Readable.count(report.rows, of: "reading")), by \(report.proof.rawValue) of "
                        + "\(Readable.count(report.groups, of: "window")) of sensors"
            )
            if report.repeats > 0 {
                lines.append(
                    "\(Readable.count(report.repeats, of: "reading")) were there more than once, and counted once"
                )
            }
            if let events = report.tables[.events] {
                lines.append("proven: \(Readable.count(Int64(events), of: "event")), every value")
            }
            if let phenomena = report.tables[.phenomena] {
                let word = phenomena == 1 ? "phenomenon" : "phenomena"
                lines.append("proven: \(Readable.count(Int64(phenomena))) \(word), every value")
            }
            lines.append("content_sha256 \(report.contentSHA256)")
        } else {
            lines.append("not proven")
        }
        return lines.joined(separator: "\n")
    }

    var json: JSONValue {
        var members: [JSONValue.Member] = [.init(key: "target", value: .string(target))]
        if let summary {
            members += [
                .init(key: "readings", value: .integer(summary.readings)),
                .init(key: "delivered", value: .integer(summary.delivered)),
                .init(key: "earlier", value: .integer(summary.earlier)),
                .init(key: "bytes", value: .integer(summary.bytes)),
                .init(key: "retries", value: .integer(summary.retries)),
                .init(key: "possible_duplicates", value: .integer(summary.possibleDuplicates)),
                .init(key: "seconds", value: Self.number(summary.seconds)),
                .init(key: "waited_for_readings_seconds", value: Self.number(summary.waitedForReadings)),
            ]
            if isOfArrivals { members.append(.init(key: "arrived", value: .integer(summary.rows))) }
            if tellsBatches {
                members.append(.init(key: "batch_readings", value: .integer(summary.batchReadings)))
            }
            if let lateness = summary.lateness {
                members.append(.init(key: "lateness_seconds", value: Self.number(lateness / .seconds(1))))
            }
        }
        if let report {
            let proof: JSONValue = [
                "kind": .string(report.proof.rawValue), "rows": .integer(report.rows),
                "windows": .integer(report.groups), "repeats": .integer(report.repeats),
                "content_sha256": .string(report.contentSHA256), "seconds": Self.number(report.seconds),
                "differences": .array(report.differences.map { .string($0) }),
            ]
            members.append(.init(key: "proof", value: proof))
            for kind in SmallTable.Kind.allCases {
                guard let count = report.tables[kind] else { continue }
                members.append(.init(key: kind.rawValue, value: .integer(Int64(count))))
            }
        }
        return .object(members)
    }

    private static func number(_ value: Double) -> JSONValue {
        .literal(FixedPoint(rounding: value, decimals: 6).text)
    }
}
