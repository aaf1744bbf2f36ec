/// What a specimen has of its own besides the offsets of the standard metrics, whose deviates come first.
///
/// The numbers are those of a specimen's random stream: they are part of what a seed means.
enum SpecimenTrait: UInt64 {
    /// How much its electronics warm it.
    case heating = 4
    /// How long its battery lasts.
    case stamina = 5
}

extension NormalDeviates {
    /// The deviate of a specimen's trait.
    subscript(trait: SpecimenTrait) -> Double { self[trait.rawValue] }
}
