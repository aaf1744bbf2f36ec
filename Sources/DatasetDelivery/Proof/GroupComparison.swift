import DatasetGen

/// Finds the groups that differ, and says of the first differences which sensor, time and column it is.
struct GroupComparison {
    let plan: GenerationPlan
    let windows: ProofWindows
    let expected: GroupSums
    let stored: GroupSums
    /// The numbers of a group that are compared.
    let places: [Int]
    /// Whether a store adds up so that sums may differ where rows do not: then rows decide.
    var isApproximate = false

    /// One line for each group that differs, up to three.
    ///
    /// - Parameter firstDifference: compares the rows of a sensor in a window.
    /// - Returns: the lines; none if nothing differs.
    /// - Throws: what `firstDifference` throws.
    func differences(
        _ firstDifference: (_ sensor: Sensor, _ window: Int) throws(DeliveryError) -> String?
    ) throws(DeliveryError) -> [String] {
        let groups = (0..<expected.groupCount).filter { group in places.contains { differs(group, $0) } }
        var lines: [String] = []
        var others = groups.count
        for group in groups where lines.count < 3 {
            let (sensor, window) = group.quotientAndRemainder(dividingBy: windows.count)
            others -= 1
            if let line = try line(of: group, firstDifference(plan.fleet.sensors[sensor], window)) {
                lines.append(line)
            }
        }
        if others > 0 { lines.append("and \(others) further windows of sensors differ") }
        return lines
    }

    private func differs(_ group: Int, _ place: Int) -> Bool {
        guard expected[group, place] != stored[group, place] else { return false }
        // Least and greatest times of no rows.
        let isTime = place == GroupSums.Layout.firstTime || place == GroupSums.Layout.lastTime
        let isEmpty = expected[group, GroupSums.Layout.rows] == 0 && stored[group, GroupSums.Layout.rows] == 0
        return !(isTime && isEmpty)
    }

    private func line(of group: Int, _ row: String?) -> String? {
        let (sensor, window) = group.quotientAndRemainder(dividingBy: windows.count)
        let id = plan.fleet.sensors[sensor].id
        if let row { return "sensor \(id.quoted), \(row)" }
        if isApproximate { return nil }
        let rows = "\(stored[group, 0]) rows instead of \(expected[group, 0])"
        return "sensor \(id.quoted), window \(window + 1) of \(windows.count): "
            + (stored[group, 0] == expected[group, 0] ? "the sums differ" : rows)
    }
}
