/// Where on the axis of a table a standardised signal lies: at its value up to 6, and by its logarithm beyond, so that a table
/// of a few more points holds what a burst or a narrow peak makes of it.
enum SignalAxis {
    /// Points to 1 of the axis.
    static let steps = 32.0
    /// How far the axis of a table goes for signals that are about normal, 6, and for others, to signals of 120.
    static let (near, far) = (6.0, 24.0)

    /// The place of a signal.
    @inline(__always)
    static func place(of signal: Double) -> Double {
        signal.magnitude <= near ? signal : distantPlace(of: signal)
    }

    @inline(never)
    private static func distantPlace(of signal: Double) -> Double {
        let place = near + near * Elementary.logarithm(signal.magnitude / near)
        return signal < 0 ? -place : place
    }

    /// The signal at a place.
    static func signal(at place: Double) -> Double {
        guard place.magnitude > near else { return place }
        let signal = near * Elementary.exponential((place.magnitude - near) / near)
        return place < 0 ? -signal : signal
    }
}
