extension DeliveryError {
    /// What is to be replaced is nothing that a load has made.
    static func stranger(_ name: String) -> DeliveryError {
        DeliveryError(
            .occupied,
            "\(name) is there, and is none that a load has made; drop it, or --table takes another name"
        )
    }

    /// What is to be replaced would be gone: nothing may be created in its place.
    static func neverReplaced(_ name: String) -> DeliveryError {
        DeliveryError(.occupied, "\(name) is there, and --create never makes none in its place; --create auto does")
    }
}

extension TargetOptions {
    /// What becomes of a table for a load that replaces what is there; one without rows may stay, whoever has made it.
    ///
    /// - Parameters:
    ///   - name: the table, as messages name it.
    ///   - isOfLoads: whether a load has made it.
    ///   - isEmpty: whether it has no rows, asked where that matters.
    /// - Returns: whether it is dropped.
    /// - Throws: ``DeliveryError`` where it holds rows, and is to stay.
    func drops(
        _ name: String,
        madeByLoad isOfLoads: Bool,
        isEmpty: () throws(DeliveryError) -> Bool
    ) throws(DeliveryError) -> Bool {
        if isOfLoads, creates { return true }
        if try isEmpty() { return false }
        throw isOfLoads ? DeliveryError.neverReplaced(name) : DeliveryError.stranger(name)
    }
}
