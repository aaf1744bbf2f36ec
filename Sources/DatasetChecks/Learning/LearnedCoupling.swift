/// That one metric follows another.
struct LearnedCoupling {
    /// Index of the one that follows.
    var follower: Int
    /// Index of the one that it follows.
    var leader: Int
    /// Microseconds that the follower is later.
    var lag: Int64
    /// How much of the leader's is in the follower's, without cycles and in deviations of each.
    var weight: Double

    /// That two metrics correlate, which a recipe is not told of.
    struct Other {
        var follower: Int
        var leader: Int
        var correlation: Double
    }
}
