import DatasetGen

extension LiveMonitor {
    /// Tells what is wrong while readings wait.
    func report(problem: String) {
        update { monitored in
            monitored.status.health = .degraded
            monitored.status.problem = problem
        }
    }

    /// Counts an error.
    func note(error: String, at instant: SimulatedTime) {
        update { monitored in
            monitored.status.errorCount += 1
            monitored.status.lastError = error
            monitored.status.lastErrorAt = instant
        }
    }

    /// Tells where the run stands, which may be another place than before.
    func follow(_ state: LiveState) {
        let (segment, position, versions) = (state.segment, state.cursor.position, state.versions)
        update { monitored in
            monitored.segment = segment
            monitored.position = position
            monitored.status.versions = versions
            monitored.status.readings = segment.reading(at: position) - 1
        }
    }
}
