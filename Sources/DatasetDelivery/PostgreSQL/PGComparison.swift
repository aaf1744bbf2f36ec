import DatasetFormats
import DatasetGen

/// Finds what differs, and says of the first difference which sensor, time and column it is.
struct PGComparison {
    private let proof: PGProof
    private let expected: GroupSums
    private let stored: GroupSums
    private let connection: PGConnection

    init(_ proof: PGProof, expected: GroupSums, stored: GroupSums, connection: PGConnection) {
        (self.proof, self.expected, self.stored, self.connection) = (proof, expected, stored, connection)
    }

    /// One line for each group that differs, up to three.
    func differences() throws(DeliveryError) -> [String] {
        let places = 0..<(proof.proof == .count ? 1 : expected.layout.stride)
        let groups = (0..<expected.groupCount).filter { group in places.contains { differs(group, $0) } }
        var lines: [String] = []
        for group in groups.prefix(3) {
            lines.append(try line(of: group))
        }
        if groups.count > 3 { lines.append("and \(groups.count - 3) further windows of sensors differ") }
        return lines
    }

    private func differs(_ group: Int, _ place: Int) -> Bool {
        guard expected[group, place] != stored[group, place] else { return false }
        // Least and greatest times of no rows.
        let isTime = place == GroupSums.Layout.firstTime || place == GroupSums.Layout.lastTime
        let isEmpty = expected[group, GroupSums.Layout.rows] == 0 && stored[group, GroupSums.Layout.rows] == 0
        return !(isTime && isEmpty)
    }

    private func line(of group: Int) throws(DeliveryError) -> String {
        let (sensor, window) = group.quotientAndRemainder(dividingBy: proof.windows.count)
        let id = proof.target.plan.fleet.sensors[sensor].id
        if let row = try PGRowComparison(proof, sensor: sensor, window: window, connection).firstDifference() {
            return "sensor \(id.quoted), \(row)"
        }
        let rows = "\(stored[group, 0]) rows instead of \(expected[group, 0])"
        return "sensor \(id.quoted), window \(window + 1) of \(proof.windows.count): "
            + (stored[group, 0] == expected[group, 0] ? "the sums differ" : rows)
    }
}
