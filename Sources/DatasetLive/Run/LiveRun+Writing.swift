import DatasetGen

extension LiveRun {
    /// Writes the next batch of the readings that are due; false if nobody reads the lines of JSON any more.
    func write(_ state: inout LiveState, due: Int64) throws(LiveError) -> Bool {
        guard state.store.isOpen else {
            do throws(StoreFailure) {
                try reopen(&state)
            } catch { try recover(&state, from: error) }
            return true
        }
        let limit = limit(state, due: due)
        var counts = WrittenCounts()
        let begin = clock.steady()
        do {
            try store(&state, upTo: limit, &counts)
        } catch {
            let failure = StoreFailure(error)
            // After any other failure the database says, when it is opened again, whether the lines count.
            if failure == .locked { state.jsonLines?.rollBack() }
            try recover(&state, from: failure)
            return true
        }
        trouble.end()
        if let file = state.jsonLines, let encoder { file.commit(encoder.bytes.count) }
        report(&state, upTo: limit, since: begin, counts)
        state.cursor.move(to: limit)
        feeds?.follow(state)
        guard let consumer = options.consumer, let encoder, !encoder.bytes.isEmpty else { return true }
        let last = state.segment.reading(at: limit) - 1
        // What is written anew into a database of an earlier state has been consumed before.
        guard last > state.lastConsumed else { return true }
        state.lastConsumed = last
        return consumer(encoder.bytes)
    }

    /// The position behind the next batch: not past what a plan that waits leaves to the present one.
    private func limit(_ state: LiveState, due: Int64) -> Int64 {
        var limit = min(due, state.cursor.position + request.batchSize)
        let consumed = state.lastConsumed - (state.segment.reading(at: state.cursor.position) - 1)
        if consumed > 0 { limit = min(limit, state.cursor.position + consumed) }
        guard let pending = pendingPlans.first else { return limit }
        let own = state.cursor.dueEnd(at: pending.seenAt)
        // A plan whose time has come still waits where the database cannot be written.
        return min(limit, max(own, state.segment.plan.rows.readingCount(before: state.cursor.instant + 1)))
    }

    private func store(_ state: inout LiveState, upTo limit: Int64, _ counts: inout WrittenCounts) throws {
        var encoder = self.encoder
        self.encoder = nil
        defer { self.encoder = encoder }
        if encoder != nil {
            encoder?.removeAll()
            state.cursor.read(upTo: limit) { block, rows in encoder?.append(block, rows) }
            if let file = state.jsonLines, let bytes = encoder?.bytes { try write(bytes, to: file, state) }
        }
        let added = state.jsonLines == nil ? 0 : encoder?.bytes.count ?? 0
        let checkpoint = state.checkpoint(at: limit, addingJSONBytes: added)
        let totals = totals(state, upTo: limit)
        let phenomena = state.phenomena(upTo: limit)
        try state.store.write(
            &state.cursor,
            upTo: limit,
            shift: state.segment.shift,
            phenomena: phenomena,
            checkpoint: { (checkpoint, totals.adding(counts)) },
            onRows: { block, rows in counts.add(block, rows) }
        )
    }

    /// Writes lines, and brings them to the disk where the checkpoint that counts them is brought there at once.
    ///
    /// With a write-ahead log, the checkpoint itself reaches the disk later: then once a second is enough.
    private func write(_ bytes: [UInt8], to file: JSONLinesFile, _ state: LiveState) throws {
        try file.write(bytes)
        let steady = clock.steady()
        guard state.store.settings.journalMode != .wal || steady >= nextFlush else { return }
        try file.flush()
        nextFlush = steady + .seconds(1)
    }

    /// What the run has done once a batch is written, but for what is in it.
    private func totals(_ state: LiveState, upTo limit: Int64) -> RunTotals {
        var totals = state.totals
        totals.runningSeconds = earlierSeconds + (clock.steady() - began) / .seconds(1)
        totals.readings += limit - state.cursor.position
        totals.commits += 1
        totals.errors = monitor.errors
        return totals
    }

    /// Tells the monitor what has been written.
    private func report(
        _ state: inout LiveState,
        upTo limit: Int64,
        since begin: ContinuousClock.Instant,
        _ counts: WrittenCounts
    ) {
        let (now, steady) = (clock.now(), clock.steady())
        let lateness = lateness(of: state.cursor.position..<limit, state, at: now)
        state.totals = totals(state, upTo: limit).adding(counts)
        state.totals.commitSeconds += (steady - begin) / .seconds(1)
        for entry in lateness where entry.microseconds > 0 {
            state.totals.latenessSum += Double(entry.microseconds) / 1e6 * Double(entry.count)
        }
        state.totals.latenessCount += lateness.reduce(0) { $0 + $1.count }
        let totals = state.totals
        monitor.update { monitored in
            monitored.position = limit
            monitored.problem = nil
            for entry in lateness { monitored.lateness.add(entry.microseconds, count: entry.count) }
            monitored.status.totals.grow(to: totals)
            monitored.status.rowsWritten += counts.rows
            monitored.status.lastWriteAt = now
            monitored.rate.note(rows: monitored.status.rowsWritten, at: steady)
        }
    }

    /// How late the readings at some positions were, instant by instant; those of the backfill do not count.
    private func lateness(
        of positions: Range<Int64>,
        _ state: LiveState,
        at now: SimulatedTime
    ) -> [(microseconds: Int64, count: Int64)] {
        let rows = state.segment.plan.rows
        var entries: [(microseconds: Int64, count: Int64)] = []
        var begin = positions.lowerBound
        while begin < positions.upperBound {
            let end = min(rows.readingCount(before: rows.instant(at: begin) + 1), positions.upperBound)
            let time = state.segment.time(at: begin)
            if time >= state.liveStart {
                let late = now.microseconds - state.anchor.wall(at: time).microseconds
                entries.append((late, end - begin))
            }
            begin = end
        }
        return entries
    }
}

/// What a batch consists of.
struct WrittenCounts {
    /// Rows, without omitted readings.
    private(set) var rows: Int64 = 0
    /// By ``AnomalyType/rawValue``, omitted readings included; 0 is normal.
    private(set) var labels = [Int64](repeating: 0, count: AnomalyType.allCases.count + 1)

    /// Counts rows of a block.
    mutating func add(_ block: ReadingBlock, _ range: Range<Int>) {
        for row in range {
            let label = block.labels[row]
            labels[Int(label & 0x7f)] += 1
            rows += label & 0x80 == 0 ? 1 : 0
        }
    }
}

extension RunTotals {
    /// These and the readings of a batch.
    fileprivate func adding(_ counts: WrittenCounts) -> RunTotals {
        var totals = self
        totals.rows += counts.rows
        for place in counts.labels.indices { totals.labels[place] += counts.labels[place] }
        return totals
    }
}
