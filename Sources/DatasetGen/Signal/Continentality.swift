/// How oceans and continents change a northern place's seasons, by sectors of longitude.
///
/// In the belt of westerlies the west coasts of Europe and North America have mild winters, the interiors and east coasts
/// of the continents severe ones. The sectors and factors are chosen by eye from the climates of large cities; below 30°
/// of latitude and in the south, where oceans prevail, they are 0.
struct Continentality {
    /// 1 on a west coast, 0 away from it.
    let maritime: Double
    /// 1 in an interior or on an east coast, 0 away from them.
    let continental: Double
    /// The part of ``continental`` that North America has.
    let american: Double

    /// The influences at a place in degrees north and east.
    init(latitude: Double, longitude: Double) {
        let belt = Self.rise(latitude, from: 30, to: 40)
        maritime =
            belt
            * (Self.sector(longitude, from: -30, to: 12, fading: 18)
                + Self.sector(longitude, from: -135, to: -118, fading: 6))
        let sector = Self.sector(longitude, from: -108, to: -70, fading: 6)
        american = belt * sector
        continental = belt * (sector + Self.sector(longitude, from: 60, to: 130, fading: 15))
    }

    /// Factor on the difference between summer and winter.
    var seasons: Double { 1 - 0.35 * maritime + 0.3 * continental }

    /// What the ocean adds to the annual mean in °C, most in the north.
    func warmth(latitude: Double) -> Double { 2.5 * maritime * Self.rise(latitude, from: 35, to: 50) }

    private static func rise(_ value: Double, from low: Double, to high: Double) -> Double {
        min(max((value - low) / (high - low), 0), 1)
    }

    /// 1 between two longitudes, falling to 0 over `fading` degrees on either side.
    private static func sector(_ longitude: Double, from west: Double, to east: Double, fading: Double) -> Double {
        min(
            rise(longitude, from: west - fading, to: west),
            1 - rise(longitude, from: east, to: east + fading)
        )
    }
}
