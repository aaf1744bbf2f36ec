/// The serial numbers of a group's sensors, no two of a fleet alike: `DL-578463` for the first group, `DL-B204117` for the
/// second.
///
/// A number depends on the key of the group and the sensor's number in it alone, so that a fleet grows without changing
/// any.
struct SerialNumbers {
    private let front: String
    private let sixDigits: KeyedPermutation
    private let sevenDigits: KeyedPermutation

    /// The numbers of a group by its place in the fleet, with the key of the group.
    init(manufacturer: String, group: Int, key: RandomKey) {
        front =
            SensorNames.initials(ofManufacturer: manufacturer) + "-" + (group == 0 ? "" : GroupLetters.text(of: group))
        sixDigits = KeyedPermutation(below: Self.sixDigitCount, key: key.derived("serials"))
        sevenDigits = KeyedPermutation(below: 9 * Self.sixDigitCount, key: key.derived("long serials"))
    }

    /// The serial number of a sensor of the group: six digits for the first million of them, seven beyond.
    subscript(member: Int) -> String {
        let number = UInt64(member)
        if number < Self.sixDigitCount { return front + sixDigits(number).padded(to: 6) }
        return front + String(Self.sixDigitCount + sevenDigits(number - Self.sixDigitCount))
    }

    private static let sixDigitCount: UInt64 = 1_000_000
}
