/// Collects what an audit finds wrong: counts, and the first cases of each kind.
final class AuditFindings {
    private static let examplesPerKind = 3
    private var byKind = AuditFinding.Kind.allCases.map { AuditFinding(kind: $0) }

    /// The kinds that were found, in the order of the kinds.
    var found: [AuditFinding] { byKind.filter { $0.count > 0 } }

    /// How often a kind was found.
    func count(of kind: AuditFinding.Kind) -> Int64 {
        byKind.first { $0.kind == kind }?.count ?? 0
    }

    /// Counts a case; its words are made only if they are kept.
    func add(_ kind: AuditFinding.Kind, _ example: @autoclosure () -> String) {
        guard let index = AuditFinding.Kind.allCases.firstIndex(of: kind) else { return }
        byKind[index].count += 1
        if byKind[index].examples.count < Self.examplesPerKind { byKind[index].examples.append(example()) }
    }
}
