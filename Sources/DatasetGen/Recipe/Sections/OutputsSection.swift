/// Section `outputs` as a recipe states it.
struct OutputsSection: Sendable {
    /// The formats; none for all.
    var formats: [Stated<OutputSection>] = []
    var includesCleanTwin: Stated<Bool>?
}
