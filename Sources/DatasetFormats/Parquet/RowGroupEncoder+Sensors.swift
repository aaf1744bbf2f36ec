import DatasetGen

extension RowGroupEncoder {
    /// Appends a column that is the same in all readings of a sensor.
    mutating func append(
        _ known: SensorCodes,
        column: Int,
        _ blocks: [WaitingRows],
        _ count: Int,
        to output: inout ByteBuffer
    ) -> ParquetChunk {
        chunks.ranks.reset(below: known.count)
        var hasNull = false
        for sensor in sensors.present {
            let code = known.codes[Int(sensor)]
            if code == CodeRanks.null { hasNull = true } else { chunks.ranks.note(code) }
        }
        let distinct = chunks.ranks.count()
        if distinct == 0 || distinct == 1 && !hasNull {
            let code = distinct == 0 ? CodeRanks.null : chunks.ranks.codes[0]
            let runs = blocks.map { [Run(value: code, count: $0.count)] }
            return append(runs, below: known.count, known.domain, to: &output)
        }
        guard ChunkEncoder.isWorthDictionary(distinct, of: count) else {
            codes.removeAll(keepingCapacity: true)
            for block in blocks { for sensor in block.sensors { codes.append(known.codes[Int(sensor)]) } }
            return chunks.appendChunk(codes: codes, below: .max, known.domain, pages: pages, to: &output)
        }
        let all: PageCache.Key? = distinct == known.count ? .dictionary(column: column) : nil
        chunks.appendDictionary(known.domain, chunks.ranks.codes, as: all, to: &output)
        for (block, page) in zip(blocks, pages) {
            let (row, rows) = (page.lowerBound, block.count)
            if let cycle = cycles[column], sensors.areCycle, let start = block.cycleStart {
                let bounds = known.bounds(from: start, count: rows)
                // In pages of two cycles and more there is something to be found, and they come back before long.
                let key: PageCache.Key? =
                    rows >= 2 * layout.sensorCount ? .cycle(column: column, start: start, rows: rows) : nil
                chunks.appendPage(cycle, at: start, rows: rows, bounds, as: key, from: row, to: &output)
            } else if let runs = block.sensorRuns {
                let own = runs.mapped { chunks.ranks.place(of: known.codes[Int($0)]) }
                chunks.appendPage(runs: own, from: row, to: &output)
            } else {
                gatherPlaces(of: block.sensors.span, known.codes.span)
                chunks.appendPage(places: places, from: row, to: &output)
            }
        }
        return chunks.finish(known.domain, isListed: true, output)
    }

    private mutating func gatherPlaces(of sensors: Span<Int32>, _ known: Span<UInt32>) {
        codes.removeAll(keepingCapacity: true)
        codes.append(addingCapacity: sensors.count) { output in
            for row in sensors.indices { output.append(known[Int(sensors[row])]) }
        }
        chunks.ranks.take(codes, codes.indices, into: &places)
    }
}
