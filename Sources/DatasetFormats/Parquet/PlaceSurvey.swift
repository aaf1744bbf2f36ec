/// What is to be known of the places of a page before they are written.
struct PlaceSurvey {
    /// The bounds of what is not NULL.
    private(set) var bounds = PageBounds()
    /// Places that are NULL.
    private(set) var nullCount = 0
    /// Whether it may be worth it to look for runs: hardly any value follows its like elsewhere.
    let hasRuns: Bool

    /// Of places below 2 to the power of 31, ``CodeRanks/null`` for NULL.
    ///
    /// As numbers with a sign, which all processors compare several at a time.
    init(_ places: Span<UInt32>) {
        var (least, greatest, nulls): (Int32, Int32, Int32) = (.max, -1, 0)
        for index in places.indices {
            let place = Int32(bitPattern: places[index])
            least = min(least, place < 0 ? .max : place)
            greatest = max(greatest, place)
            nulls &+= place < 0 ? 1 : 0
        }
        var equals: Int32 = 0
        for index in 1..<max(1, places.count) { equals &+= places[index] == places[index - 1] ? 1 : 0 }
        nullCount = Int(nulls)
        hasRuns = Int(equals) >= places.count / 8
        if greatest >= 0 { (bounds.least, bounds.greatest) = (Int64(least), Int64(greatest)) }
        bounds.nullCount = Int64(nullCount)
    }
}
