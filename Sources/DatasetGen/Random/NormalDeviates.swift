/// Standard normal deviates from a key and a counter, by the ziggurat method with 256 layers.
///
/// Source: Marsaglia and Tsang, "The Ziggurat Method for Generating Random Variables", Journal of Statistical
/// Software 5(8), 2000, in the floating-point form of Doornik, "An Improved Ziggurat Method", 2005, which takes the
/// layer and the abscissa from separate bits.
package struct NormalDeviates: Sendable {
    private let key: RandomKey

    /// The deviates of a key.
    package init(_ key: RandomKey) {
        self.key = key
    }

    /// The deviate of one counter.
    @inline(__always)
    package subscript(counter: UInt64) -> Double {
        let table = ZigguratTables.shared.layers
        return Self.deviate(key.bits(counter), table.span)
    }

    @inline(__always)
    private static func deviate(_ bits: UInt64, _ layers: Span<ZigguratTables.Layer>) -> Double {
        // Bits 11…63 as a number in −1…1; bits 0…7 choose the layer.
        let abscissa = Double(Int64(bitPattern: bits) >> 11) * 0x1p-52
        let layer = layers[Int(bits & 255)]
        if abs(abscissa) < layer.inner {
            return abscissa * layer.width
        }
        return rejected(bits, layers)
    }

    /// The 1.2 % of the cases that the layers' inner boxes do not settle.
    @inline(never)
    private static func rejected(_ bits: UInt64, _ layers: Span<ZigguratTables.Layer>) -> Double {
        let retries = RandomKey(seed: bits)
        var counter: UInt64 = 0
        var bits = bits
        while true {
            let abscissa = Double(Int64(bitPattern: bits) >> 11) * 0x1p-52
            let index = Int(bits & 255)
            let layer = layers[index]
            if abs(abscissa) < layer.inner {
                return abscissa * layer.width
            }
            if index == 0 {
                return tail(retries, &counter, negative: abscissa < 0)
            }
            let x = abscissa * layer.width
            let above = Elementary.exponential(-0.5 * (layer.width * layer.width - x * x))
            let below = Elementary.exponential(-0.5 * (layer.next * layer.next - x * x))
            if above + retries.uniform(counter) * (below - above) < 1 {
                return x
            }
            bits = retries.bits(counter &+ 1)
            counter &+= 2
        }
    }

    /// A deviate beyond the base layer, by Marsaglia's method of 1964.
    private static func tail(_ retries: RandomKey, _ counter: inout UInt64, negative: Bool) -> Double {
        while true {
            // 1 − u lies in (0, 1], where the logarithm is defined.
            let x = Elementary.logarithm(1 - retries.uniform(counter)) / ZigguratTables.tailStart
            let y = Elementary.logarithm(1 - retries.uniform(counter &+ 1))
            counter &+= 2
            if -2 * y >= x * x {
                return negative ? x - ZigguratTables.tailStart : ZigguratTables.tailStart - x
            }
        }
    }
}

/// The boxes of the ziggurat.
struct ZigguratTables: Sendable {
    /// One box: `width` is its right edge, `next` that of the box above, `inner` the share of it that lies under the
    /// curve for all its height.
    struct Layer: Sendable {
        var width: Double
        var next: Double
        var inner: Double
    }

    static let shared = ZigguratTables()

    /// Where the tail begins, and the area of each layer, for 256 layers (Marsaglia and Tsang 2000, section 2).
    static let tailStart = 3.654_152_885_361_008_8
    private static let area = 0.004_928_673_233_992_336

    let layers: [Layer]

    private init() {
        var edges = [Double](repeating: 0, count: 257)
        var height = Elementary.exponential(-0.5 * Self.tailStart * Self.tailStart)
        edges[0] = Self.area / height
        edges[1] = Self.tailStart
        for index in 2..<256 {
            height = Elementary.exponential(-0.5 * edges[index - 1] * edges[index - 1])
            edges[index] = (-2 * Elementary.logarithm(Self.area / edges[index - 1] + height)).squareRoot()
        }
        layers = (0..<256)
            .map { index in
                Layer(width: edges[index], next: edges[index + 1], inner: edges[index + 1] / edges[index])
            }
    }
}
