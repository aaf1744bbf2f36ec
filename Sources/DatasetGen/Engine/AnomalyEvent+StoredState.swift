extension AnomalyEvent: StoredState {
    package func store(in state: inout StateWriter) {
        state.append(sensor)
        state.append(type.rawValue)
        state.append(mode.flatMap { MissingMode.allCases.firstIndex(of: $0) })
        state.append(metrics.rawValue)
        state.append(ticks.lowerBound)
        state.append(ticks.upperBound)
        state.append(isTruncated)
        state.append(magnitude)
        state.append(peakSNR)
        state.append(realisedMagnitude)
        state.append(realisedPeakSNR)
        state.append(difficulty.flatMap { Difficulty.allCases.firstIndex(of: $0) })
        state.append(direction.map { $0 == .up })
        state.append(incident?.cause)
        if let incident {
            state.append(incident.scope)
            state.append(incident.number)
        }
    }

    package init(from state: inout StateReader) throws(StateError) {
        sensor = try state.next()
        guard let type = AnomalyType(rawValue: try state.next()) else { throw StateError() }
        self.type = type
        mode = try state.nextCase(of: MissingMode.allCases)
        metrics = MetricSet(rawValue: try state.next())
        let (start, end): (Int64, Int64) = (try state.next(), try state.next())
        guard start < end else { throw StateError() }
        ticks = start..<end
        isTruncated = try state.next()
        (magnitude, peakSNR) = (try state.next(), try state.next())
        (realisedMagnitude, realisedPeakSNR) = (try state.next(), try state.next())
        difficulty = try state.nextCase(of: Difficulty.allCases)
        let isUp: Bool? = try state.next()
        direction = isUp.map { $0 ? .up : .down }
        let cause: Int? = try state.next()
        if let cause { incident = IncidentReference(cause: cause, scope: try state.next(), number: try state.next()) }
    }
}

extension FixedPoint: StoredState {
    package func store(in state: inout StateWriter) {
        state.append(count)
        state.append(decimals)
    }

    package init(from state: inout StateReader) throws(StateError) {
        let (count, decimals): (Int64, Int) = (try state.next(), try state.next())
        guard (0...9).contains(decimals) else { throw StateError() }
        self.init(count: count, decimals: decimals)
    }
}

extension StateReader {
    /// The next of some cases, by its index; nil if there is none.
    fileprivate mutating func nextCase<Value>(of cases: [Value]) throws(StateError) -> Value? {
        let index: Int? = try next()
        guard let index else { return nil }
        guard cases.indices.contains(index) else { throw StateError() }
        return cases[index]
    }
}
