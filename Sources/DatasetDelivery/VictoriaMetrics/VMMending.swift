import DatasetFormats
import DatasetGen

/// Brings again what a server has lost however long it had been there, and takes away what has come twice.
///
/// A server that is killed while it merges can lose samples that it had on its disk, or its index of them: what is sent again
/// then is there twice when the index finds the first ones again.
struct VMMending {
    private let target: VMTarget
    private let session: VMSession

    init(_ target: VMTarget, _ session: VMSession) { (self.target, self.session) = (target, session) }

    /// So often all is looked at: what is sent can show what it doubles, which is removed and sent again.
    private static let rounds = 4

    /// Looks at all blocks until there is nothing to do.
    func run() throws(DeliveryError) {
        let blocks = Array(0..<target.series.bySensor.blockCount)
        for _ in 0..<Self.rounds {
            try session.settle()
            var repair = VMRepair(target, session)
            try repair.run(blocks)
            target.restarts.add(blocks)
            var isChanged = repair.sent > 0
            for sensor in repair.doubled.sorted() where try isOwn(sensor) {
                try session.delete(selector(sensor))
                isChanged = true
            }
            if !isChanged { return }
        }
    }

    private func selector(_ sensor: Int) -> String {
        VMSelector.series(target.names.all.map(\.name), of: [target.plan.fleet.sensors[sensor].id])
    }

    /// Whether a sensor's series have no samples but those of this load's time, so that they can be removed whole.
    private func isOwn(_ sensor: Int) throws(DeliveryError) -> Bool {
        let grid = target.plan.recipe.grid
        let end = max(grid.start.microseconds + 1, grid.end.microseconds)
        var isOwn = true
        for times in [0..<grid.start.microseconds, end..<VMSelector.endOfTime] where !times.isEmpty {
            try session.export(selector(sensor), times) { _ in isOwn = false }
        }
        return isOwn
    }
}
