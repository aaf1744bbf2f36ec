/// What is a sensor's own at a knot: processes of variance 1, by ``StandardMetric/rawValue``.
struct SensorSurroundings {
    var local = SIMD4<Double>()
    /// What goes on for hours where the sensor stands and not elsewhere in its city; only in the second edition.
    var neighbourhood = SIMD4<Double>()
    var ageing = SIMD4<Double>()
    var wander = 0.0
}

extension KindModel {
    /// The surroundings of a sensor at a knot.
    func surroundings(of sensor: SensorCore, at knot: Knot) -> SensorSurroundings {
        climate == .cityV2 ? smoothSurroundings(of: sensor, at: knot) : commonSurroundings(of: sensor, at: knot)
    }

    /// Lattices that lie alike for all sensors.
    private func commonSurroundings(of sensor: SensorCore, at knot: Knot) -> SensorSurroundings {
        var own = SensorSurroundings()
        for (number, amplitude) in zip(Octave.surroundings.numbers, Octave.surroundings.amplitudes) {
            own.local += amplitude * four(sensor, octave: number, knot)
        }
        own.ageing = four(sensor, octave: Octave.ageing.first, knot)
        if compositions[3].wander > 0 {
            let noise = LatticeNoise(sensor.surroundingsKey(octave: Octave.supply.first))
            own.wander = noise.value(at: knot.positions[Octave.supply.first])
        }
        return own
    }

    /// Lattices that do not tell where their points lie.
    private func smoothSurroundings(of sensor: SensorCore, at knot: Knot) -> SensorSurroundings {
        let (noise, shares) = (SmoothSurroundings(sensor), Octave.surroundings.amplitudes)
        var own = SensorSurroundings()
        own.local =
            shares[0] * noise.value(.hour, at: knot.surroundings.hour)
            + shares[1] * noise.value(.twentyMinutes, at: knot.surroundings.twentyMinutes)
        own.ageing = noise.value(.ageing, at: knot.surroundings.ageing)
        own.neighbourhood = noise.neighbourhood(at: knot.surroundings.neighbourhood)
        if compositions[3].wander > 0 { own.wander = noise.value(.supply, at: knot.surroundings.supply).w }
        return own
    }

    /// The four metrics of an octave have every fourth number of one stream.
    private func four(_ sensor: SensorCore, octave: Int, _ knot: Knot) -> SIMD4<Double> {
        let deviates = NormalDeviates(sensor.surroundingsKey(octave: octave))
        let position = knot.positions[octave]
        let first = UInt64(bitPattern: position.cell) &* 4
        return four(deviates, from: first) * position.firstWeight
            + four(deviates, from: first &+ 4) * position.secondWeight
    }

    private func four(_ deviates: NormalDeviates, from first: UInt64) -> SIMD4<Double> {
        SIMD4(deviates[first], deviates[first &+ 1], deviates[first &+ 2], deviates[first &+ 3])
    }
}
