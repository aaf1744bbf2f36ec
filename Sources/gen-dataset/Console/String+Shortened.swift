extension String {
    /// The text, or where it has more characters than there is room for, its beginning and an ellipsis.
    func shortened(to length: Int) -> String {
        count <= length ? self : prefix(length - 1) + "…"
    }
}
