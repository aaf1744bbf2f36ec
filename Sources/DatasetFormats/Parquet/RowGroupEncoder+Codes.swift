import DatasetGen

extension RowGroupEncoder {
    /// Appends a column whose values are known as runs.
    mutating func append(
        _ blocks: [[Run<UInt32>]],
        below limit: Int,
        _ domain: ColumnDomain,
        to output: inout ByteBuffer
    ) -> ParquetChunk {
        chunks.ranks.reset(below: limit)
        for runs in blocks { for run in runs { chunks.ranks.note(run.value) } }
        let count = chunks.ranks.count()
        let isListed = count > 0
        if isListed { chunks.appendDictionary(domain, chunks.ranks.codes, to: &output) }
        for (runs, page) in zip(blocks, pages) {
            if isListed {
                // Where all codes are in use, they are their places.
                let places = count == limit ? runs : runs.mapped { chunks.ranks.place(of: $0) }
                chunks.appendPage(runs: places, from: page.lowerBound, to: &output)
            } else {
                chunks.appendPage(ofNullOnly: page.count, from: page.lowerBound, to: &output)
            }
        }
        return chunks.finish(domain, isListed: isListed, output)
    }

    /// The codes of a column, what they stand for, and a number that none reaches.
    mutating func gatherCodes(
        _ source: ColumnLayout.Source,
        _ blocks: [WaitingRows]
    ) -> (ColumnDomain, Int) {
        codes.removeAll(keepingCapacity: true)
        switch source {
        case .difficulty:
            for block in blocks { for code in block.difficulties { codes.append(layout.difficultyCodes[Int(code)]) } }
            return (layout.difficulties, Difficulty.allCases.count)
        case .split:
            for block in blocks {
                for row in 0..<block.count {
                    let code = layout.splits?
                        .code(
                            ofSensor: Int(block.sensors[row]),
                            position: block.numbers[row] - 1,
                            isAnomalous: Label(rawValue: block.labels[row]).isAnomalous
                        )
                    codes.append(layout.partCodes[code ?? 0])
                }
            }
            return (layout.parts, layout.partCodes.count)
        case .eventID:
            let least = blocks.lazy.flatMap(\.events).filter { $0 > 0 }.min() ?? 1
            var greatest = least
            for block in blocks {
                for event in block.events {
                    codes.append(event == 0 ? CodeRanks.null : UInt32(truncatingIfNeeded: event - least))
                    greatest = max(greatest, event)
                }
            }
            return (.integers(from: least), Int(greatest - least) + 1)
        case .state(let metric, let isClean, let texts, let places):
            for block in blocks {
                for count in (isClean ? block.clean : block.metrics)[metric] {
                    codes.append(count == ReadingBlock.null ? CodeRanks.null : places[Int(count)])
                }
            }
            return (texts, places.count)
        default: preconditionFailure("its codes are not gathered")
        }
    }
}
