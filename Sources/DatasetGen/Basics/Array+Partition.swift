extension Array {
    /// The first index whose element meets a condition that all behind it meet too; the number of elements where none does.
    ///
    /// - Complexity: O(log n).
    package func partitioningIndex(where condition: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = low + (high - low) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
