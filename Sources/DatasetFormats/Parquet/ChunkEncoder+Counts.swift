import DatasetGen

extension ChunkEncoder {
    /// Appends a page of the counts of a metric above a number, ``ReadingBlock/null`` for NULL, as the places of ``ranks``.
    mutating func appendPage(
        counts: [Int32],
        above least: Int32,
        _ survey: CountSurvey,
        _ nulls: borrowing PageNulls,
        from row: Int,
        to output: inout ByteBuffer
    ) {
        body.removeAll()
        if isOptional { body.append(nulls.levels.bytes) }
        if survey.nullCount > 0 {
            var known = presentCounts
            presentCounts = []
            nulls.take(counts, into: &known)
            append(known, above: least, hasRuns: survey.hasRuns)
            presentCounts = known
        } else {
            append(counts, above: least, hasRuns: survey.hasRuns)
        }
        var page = PageBounds()
        page.nullCount = Int64(survey.nullCount)
        if !survey.isEmpty {
            page.include(Int64(ranks.place(of: UInt32(bitPattern: survey.least &- least))))
            page.include(Int64(ranks.place(of: UInt32(bitPattern: survey.greatest &- least))))
        }
        finishPage(page, rows: counts.count, from: row, chunk.encoding, to: &output)
    }

    /// Appends the places of counts, none of which is NULL.
    private mutating func append(_ counts: [Int32], above least: Int32, hasRuns: Bool) {
        let width = width
        guard !hasRuns, width > 0 else {
            ranks.take(counts.span, above: least, into: &places)
            let places = places
            return append(places.span, hasRuns: true)
        }
        let ranks = ranks
        body.append(atMost: 1 + HybridEncoder.limit(counts.count, width: width)) {
            $0.append(UInt8(width))
            if !counts.isEmpty {
                HybridEncoder.appendPackedHead(counts.count, to: &$0)
                ranks.pack(counts.span, above: least, width: width, to: &$0)
            }
        }
    }
}
