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
