/// What a sensor runs on: it decides how its supply voltage behaves.
public enum PowerSupply: String, CaseIterable, Sendable {
    /// A regulated supply; the voltage is as `normal_parameters` says.
    case mains
    /// A single lithium-ion cell, recharged every few weeks.
    case lithiumIon = "li_ion"
    /// Two alkaline cells in series, replaced about once a year.
    case alkaline
    /// A lithium thionyl chloride cell, good for about eight years.
    case lithiumThionylChloride = "li_socl2"
    /// A 12 V lead-acid battery that the sun charges by day.
    case solar
}
