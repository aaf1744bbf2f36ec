import DatasetGen

/// Pages of a dictionary's places.
extension ChunkEncoder {
    /// Appends a page of rows whose values have these places, ``CodeRanks/null`` for NULL.
    mutating func appendPage(places: [UInt32], from row: Int, to output: inout ByteBuffer) {
        let places = places.span
        body.removeAll()
        let survey = PlaceSurvey(places)
        if isOptional { appendLevels(places, nullCount: survey.nullCount) }
        if survey.nullCount == 0 {
            append(places, hasRuns: survey.hasRuns)
        } else {
            var known = present
            present = []
            known.removeAll(keepingCapacity: true)
            known.append(addingCapacity: places.count) { known in
                for index in places.indices where places[index] != CodeRanks.null { known.append(places[index]) }
            }
            append(known.span, hasRuns: survey.hasRuns)
            present = known
        }
        finishPage(survey.bounds, rows: places.count, from: row, chunk.encoding, to: &output)
    }

    /// Appends the places of a page that are not NULL.
    mutating func append(_ places: Span<UInt32>, hasRuns: Bool) {
        let width = width
        body.append(atMost: 1 + HybridEncoder.limit(places.count, width: width)) {
            // A page without a value has a width, too.
            $0.append(UInt8(width))
            if hasRuns || width == 0 {
                HybridEncoder.append(places, width: width, to: &$0)
            } else {
                HybridEncoder.pack(places, width: width, to: &$0)
            }
        }
    }

    /// Appends which values are there, behind the length of that.
    mutating func appendLevels(_ places: Span<UInt32>, nullCount: Int) {
        presence.removeAll(keepingCapacity: true)
        var index = nullCount == 0 ? places.count : 0
        if nullCount == 0 { presence.append(1, count: places.count) }
        while index < places.count {
            let begin = index
            while index < places.count, places[index] != CodeRanks.null { index += 1 }
            if index > begin { presence.append(1, count: index - begin) }
            let end = index
            while index < places.count, places[index] == CodeRanks.null { index += 1 }
            if index > end { presence.append(0, count: index - end) }
        }
        appendLevels(rows: places.count)
    }

    /// Appends which values are there, as runs tell, behind the length of that.
    mutating func appendLevels(rows: Int) {
        levels.removeAll()
        let known = presence
        levels.append(atMost: HybridEncoder.limit(rows, width: 1)) {
            HybridEncoder.append(known.span, width: 1, to: &$0)
        }
        let length = UInt32(levels.count)
        body.append(atMost: 4) { $0.append(littleEndian: length) }
        body.append(levels.bytes)
    }

    /// Appends a page of rows whose values have the places of runs, ``CodeRanks/null`` for NULL.
    mutating func appendPage(runs: [Run<UInt32>], from row: Int, to output: inout ByteBuffer) {
        body.removeAll()
        var (page, rows) = (PageBounds(), 0)
        for run in runs {
            rows += run.count
            if run.value == CodeRanks.null {
                page.nullCount += Int64(run.count)
            } else {
                page.include(Int64(run.value))
            }
        }
        var known = runs
        if page.nullCount > 0 {
            known.removeAll()
            for run in runs where run.value != CodeRanks.null { known.append(run.value, count: run.count) }
        }
        if isOptional {
            presence.removeAll(keepingCapacity: true)
            for run in runs { presence.append(run.value == CodeRanks.null ? 0 : 1, count: run.count) }
            appendLevels(rows: rows)
        }
        let (values, width) = (rows - Int(page.nullCount), width)
        body.append(atMost: 1 + HybridEncoder.limit(values, width: width)) {
            $0.append(UInt8(width))
            HybridEncoder.append(known.span, width: width, to: &$0)
        }
        finishPage(page, rows: rows, from: row, chunk.encoding, to: &output)
    }

    /// Appends a page of rows whose values, none of which is NULL, are those of a cycle from a place on; with a key, one that
    /// may be known.
    mutating func appendPage(
        _ cycle: PackedCycle,
        at place: Int,
        rows: Int,
        _ page: PageBounds,
        as key: PageCache.Key?,
        from row: Int,
        to output: inout ByteBuffer
    ) {
        let offset = output.count
        if let key, appendKnown(key, to: &output) { return notePage(page, at: offset, from: row, output) }
        body.removeAll()
        if isOptional {
            presence.removeAll(keepingCapacity: true)
            presence.append(1, count: rows)
            appendLevels(rows: rows)
        }
        body.append(atMost: 1 + HybridEncoder.limit(rows, width: cycle.width)) {
            $0.append(UInt8(cycle.width))
            HybridEncoder.appendPackedHead(rows, to: &$0)
            cycle.append(from: place, count: rows, to: &$0)
        }
        finishPage(page, rows: rows, from: row, chunk.encoding, as: key, to: &output)
    }
}
