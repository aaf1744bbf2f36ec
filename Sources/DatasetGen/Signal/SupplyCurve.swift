/// Supply voltages that are not regulated: batteries that discharge over their deployment, and a battery that the sun
/// charges.
///
/// Discharge curves are typical open-circuit voltages under small loads, read from manufacturers' data sheets: lithium
/// ion 18650 (Panasonic NCR18650B), alkaline AA (Energizer E91), Li-SOCl₂ AA (Tadiran TL-5903), 12 V lead-acid float and
/// absorption charging (13.6 V and 14.4 V).
struct SupplyCurve: Sendable {
    /// Volts at charges from 100 % down to 0 in tenths.
    private let volts: [Double]
    /// Seconds from full to empty, for the average specimen.
    private let life: Double
    /// Part of the cycle that recharging takes; 0 for cells that are replaced.
    private let recharging: Double
    /// Volts lost for each kelvin below 20 °C.
    private let coldSag: Double

    /// Nil for supplies that do not discharge.
    init?(_ supply: PowerSupply) {
        switch supply {
        case .mains, .solar: return nil
        case .lithiumIon:
            volts = [4.15, 4.05, 3.96, 3.88, 3.80, 3.73, 3.68, 3.63, 3.57, 3.45, 3.15]
            (life, recharging, coldSag) = (30 * 86_400, 0.01, 0.006)
        case .alkaline:
            volts = [3.15, 2.98, 2.86, 2.76, 2.68, 2.60, 2.53, 2.45, 2.36, 2.24, 2.00]
            (life, recharging, coldSag) = (365 * 86_400, 0, 0.008)
        case .lithiumThionylChloride:
            volts = [3.67, 3.65, 3.645, 3.64, 3.635, 3.63, 3.62, 3.61, 3.59, 3.50, 3.10]
            (life, recharging, coldSag) = (8 * 365 * 86_400, 0, 0.004)
        }
    }

    /// Volts at a time in seconds since deployment.
    ///
    /// `phase` is where in its first cycle the specimen began, 0..<1, `stamina` its life relative to the average.
    func voltage(seconds: Double, phase: Double, stamina: Double, celsius: Double) -> Double {
        let cycles = seconds / (life * stamina) + phase
        let whole = Double(Int64(cycles))
        let part = cycles < whole ? cycles - whole + 1 : cycles - whole
        // Charging goes back up the curve; a cell that cannot be charged is replaced at the end.
        let used = part < 1 - recharging ? part / (1 - recharging) : (1 - part) / recharging
        // The last twentieth is never used: devices switch off before.
        let place = min(max(used, 0), 1) * 9.5
        let index = min(Int(place), 9)
        let volt = volts[index] + (place - Double(index)) * (volts[index + 1] - volts[index])
        return volt - coldSag * max(0, 20 - celsius)
    }

    /// Volts of a 12 V lead-acid battery with a solar charger: 12.4–12.8 V at rest by night, 13.6–14.4 V by day.
    static func solar(sunElevation: Double, clearness: Double, wander: Double) -> Double {
        let rest = 12.6 + 0.05 * min(max(wander, -3), 3)
        // The charger wakes as the sun comes up: between 1° and 7° above the horizon.
        let rise = min(max((sunElevation - 0.02) / 0.1, 0), 1)
        let charging = rise * rise * (3 - 2 * rise)
        let day = 13.6 + 0.8 * (0.3 + 0.7 * clearness) * min(1, max(0, sunElevation) * 1.5)
        return rest + charging * (day - rest)
    }
}
