import DatasetGen

extension LiveMonitor {
    /// What keeps the database from being written.
    struct Problem: Sendable {
        /// In full.
        var text: String
        /// Without paths and other words of the recipe.
        var kind: String
    }

    /// Tells what is wrong while readings wait.
    func report(_ problem: Problem) {
        update { $0.problem = problem }
    }

    /// Counts an error.
    func note(error: String, at instant: SimulatedTime) {
        update { monitored in
            monitored.errors += 1
            monitored.status.lastError = error
            monitored.status.lastErrorAt = instant
        }
    }

    /// Tells where the run stands, which may be another place than before.
    func follow(_ state: LiveState) {
        let (segment, position, versions) = (state.segment, state.cursor.position, state.versions)
        let totals = state.totals
        update { monitored in
            monitored.segment = segment
            monitored.position = position
            monitored.status.versions = versions
            monitored.status.totals.grow(to: totals)
        }
    }
}

extension LiveMonitor.Problem {
    /// That of a failure.
    init(_ failure: StoreFailure) {
        self.init(text: failure.description, kind: failure.kind)
    }

    /// One whose text names nothing.
    init(_ text: String) {
        self.init(text: text, kind: text)
    }
}
