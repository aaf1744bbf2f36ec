/// A canonical Huffman code whose codes have a limited length.
///
/// Source: RFC 1951, section 3.2.2. The storage is kept when the code is built anew.
package struct HuffmanCode: Sendable {
    /// Bits of each symbol's code; 0 for symbols that do not occur.
    package private(set) var lengths: [UInt8]
    /// Each symbol's code, its first bit lowest, as a stream of deflate data holds it.
    package private(set) var codes: [UInt16]

    /// Used symbols, the rarest first, as `frequency << 16 | symbol`.
    private var order: [UInt64] = []
    /// Weights of the inner nodes, then, from the root down, their depths.
    private var nodes: [UInt64] = []
    private var parents: [Int32] = []

    /// A code without symbols, for `symbolCount` of them.
    package init(symbolCount: Int) {
        lengths = Array(repeating: 0, count: symbolCount)
        codes = Array(repeating: 0, count: symbolCount)
    }

    /// Makes the best code for how often each symbol occurs, or nearly so if the limit binds.
    ///
    /// One symbol alone gets a code of one bit.
    ///
    /// - Complexity: O(n log n) for n symbols that occur.
    package mutating func build(_ frequencies: [UInt32], limit: Int) {
        order.removeAll(keepingCapacity: true)
        for (symbol, frequency) in frequencies.enumerated() {
            lengths[symbol] = 0
            if frequency > 0 { order.append(UInt64(frequency) << 16 | UInt64(symbol)) }
        }
        order.sort()
        var counts = SIMD16<Int32>()
        if order.count < 2 {
            counts[1] = Int32(order.count)
        } else {
            counts = lengthCounts(limit: limit)
        }
        // The rarest symbols get the longest codes.
        var next = 0
        for length in (1...15).reversed() {
            for _ in 0..<counts[length] {
                lengths[Int(order[next] & 0xffff)] = UInt8(length)
                next += 1
            }
        }
        assignCodes()
    }

    /// Takes the lengths as they are.
    package mutating func build(lengths: [UInt8]) {
        self.lengths = lengths
        codes = Array(repeating: 0, count: lengths.count)
        assignCodes()
    }

    /// How many codes have each length.
    private mutating func lengthCounts(limit: Int) -> SIMD16<Int32> {
        joinRarest()
        var counts = SIMD16<Int32>()
        // The parent of a node was made after it: from the root down, every depth is that of the parent and one.
        let root = parents.count - 1
        nodes[root - order.count] = 0
        for node in (0..<root).reversed() {
            let depth = nodes[Int(parents[node]) - order.count] + 1
            if node >= order.count {
                nodes[node - order.count] = depth
            } else {
                counts[min(Int(depth), limit)] += 1
            }
        }
        // Codes that were cut to the limit take more room than there is; two of them at a time find it under the longest
        // of the shorter codes: it becomes one bit longer, and gets a sister.
        var excess = -(1 << limit)
        for length in 1...limit { excess += Int(counts[length]) << (limit - length) }
        while excess > 0 {
            var length = limit - 1
            while counts[length] == 0 { length -= 1 }
            counts[length] -= 1
            counts[length + 1] += 2
            counts[limit] -= 1
            excess -= 1
        }
        return counts
    }

    /// Joins the two rarest nodes until one is left: two queues, as joined nodes come in rising order.
    private mutating func joinRarest() {
        let leafCount = order.count
        nodes.removeAll(keepingCapacity: true)
        parents.removeAll(keepingCapacity: true)
        parents.append(contentsOf: repeatElement(0, count: 2 * leafCount - 1))
        var (leaf, inner) = (0, 0)
        for parent in leafCount..<2 * leafCount - 1 {
            var weight: UInt64 = 0
            for _ in 0..<2 {
                if inner == nodes.count || leaf < leafCount && order[leaf] >> 16 <= nodes[inner] {
                    weight += order[leaf] >> 16
                    parents[leaf] = Int32(parent)
                    leaf += 1
                } else {
                    weight += nodes[inner]
                    parents[leafCount + inner] = Int32(parent)
                    inner += 1
                }
            }
            nodes.append(weight)
        }
    }

    /// Numbers the codes of each length in the order of the symbols (RFC 1951, section 3.2.2).
    private mutating func assignCodes() {
        var counts = SIMD16<UInt16>()
        for length in lengths where length > 0 { counts[Int(length)] += 1 }
        var next = SIMD16<UInt16>()
        for length in 1..<15 { next[length + 1] = (next[length] + counts[length]) << 1 }
        for symbol in lengths.indices where lengths[symbol] > 0 {
            let length = Int(lengths[symbol])
            codes[symbol] = next[length].bitReversed >> UInt16(16 - length)
            next[length] &+= 1
        }
    }
}

extension UInt16 {
    /// The same bits, the last one first.
    fileprivate var bitReversed: UInt16 {
        var value = self
        value = (value & 0x5555) << 1 | (value >> 1) & 0x5555
        value = (value & 0x3333) << 2 | (value >> 2) & 0x3333
        value = (value & 0x0f0f) << 4 | (value >> 4) & 0x0f0f
        return value.byteSwapped
    }
}
