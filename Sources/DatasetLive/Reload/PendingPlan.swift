import DatasetGen

/// The plan of a changed recipe that waits for its time.
struct PendingPlan {
    let plan: GenerationPlan
    /// The simulated instant at which the change was seen: what was due then belongs to the recipe before.
    let seenAt: SimulatedTime
}
