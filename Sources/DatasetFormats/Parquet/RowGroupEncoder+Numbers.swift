import DatasetGen

extension RowGroupEncoder {
    /// Appends times: as a dictionary where many rows have the same one, else as numbers.
    mutating func appendTimes(
        _ blocks: [WaitingRows],
        _ count: Int,
        to output: inout ByteBuffer
    ) -> ParquetChunk {
        guard let (runs, values) = Self.steps(of: blocks, atMost: count / 8) else {
            return append(blocks.map(\.times), to: &output)
        }
        return append(runs, below: values.count, .listed(values), to: &output)
    }

    /// Times that never fall and mostly stay, as the steps that they take; nil for others.
    private static func steps(of blocks: [WaitingRows], atMost limit: Int) -> ([[Run<UInt32>]], values: [Int64])? {
        var values: [Int64] = []
        var result: [[Run<UInt32>]] = []
        for block in blocks {
            guard let times = block.timeRuns else { return nil }
            var runs: [Run<UInt32>] = []
            for run in times {
                if let last = values.last, run.value < last { return nil }
                if values.last != run.value { values.append(run.value) }
                runs.append(UInt32(values.count - 1), count: run.count)
            }
            if values.count > limit { return nil }
            result.append(runs)
        }
        return (result, values)
    }

    /// Appends the numbers of the rows.
    mutating func appendNumbers(of blocks: [WaitingRows], to output: inout ByteBuffer) -> ParquetChunk {
        for (block, page) in zip(blocks, pages) {
            if let first = block.firstNumber {
                chunks.appendPage(numbers: first, by: 1, count: block.count, from: page.lowerBound, to: &output)
            } else {
                chunks.appendPage(block.numbers.span, from: page.lowerBound, to: &output)
            }
        }
        return chunks.finishNumbers(output)
    }

    /// Appends a column of whole numbers that is never NULL.
    mutating func append(_ blocks: [[Int64]], to output: inout ByteBuffer) -> ParquetChunk {
        for (numbers, page) in zip(blocks, pages) {
            chunks.appendPage(numbers.span, from: page.lowerBound, to: &output)
        }
        return chunks.finishNumbers(output)
    }
}
