extension SensorCore {
    // Every stream of a sensor's random numbers, by number: no two share one, and none may change, since a seed's
    // data would.

    /// White noise of all metrics, by tick.
    var noiseKey: RandomKey { key.stream(0x1_0000) }

    /// Red noise of a sensor's own surroundings and its ageing, by octave.
    func surroundingsKey(octave: Int) -> RandomKey {
        key.stream(0x1_0001 + UInt64(octave))
    }

    /// The same in the second edition of the cities' climate, by octave and point.
    var smoothKey: RandomKey { key.stream(0x1_2000) }

    /// What goes on where the sensor stands for hours, in the same edition, by point.
    var neighbourhoodKey: RandomKey { key.stream(0x1_3000) }

    /// What distinguishes one specimen from another, by property.
    var specimenKey: RandomKey { key.stream(0x1_1000) }

    /// When anomalies of a type happen, by the number of the table that some sensors of a group share.
    func tableKey(of type: AnomalyType, table: Int) -> RandomKey {
        groupKey.stream(0x2_0000 | UInt64(type.rawValue) << 8).stream(UInt64(truncatingIfNeeded: table))
    }

    /// When anomalies of a type happen and what they are like, as far as it is the sensor's own.
    func scheduleKey(of type: AnomalyType) -> RandomKey {
        key.stream(0x2_0000 | UInt64(type.rawValue) << 8)
    }

    /// Where between events there is nothing, by cell.
    var freeTickKey: RandomKey { key.stream(0x4_0000) }

    /// What happens to readings on their way, by their time, or to the sensor for good.
    enum DeliveryStream: UInt64 {
        case traits, jitter, late, lateDelay, loss, duplicate, duplicateDelay, offlineStart, offlineDuration
    }

    /// A stream of what happens to readings on their way.
    func deliveryKey(_ stream: DeliveryStream) -> RandomKey { key.stream(0x5_0000 | stream.rawValue) }

    /// Which part of the splits the sensor is in, by the seed of the splits.
    var splitKey: RandomKey { key.stream(0x6_0000) }

    /// Whether incidents hit the sensor and how late, by a number of the cause.
    func incidentKey(_ cause: UInt64) -> RandomKey { key.stream(0x7_0000).stream(cause) }

    /// Whether the sensor knows a phenomenon of its own, and when it comes, by a number of the phenomenon.
    func phenomenonKey(_ phenomenon: UInt64) -> RandomKey { key.stream(0x8_0000).stream(phenomenon) }

    /// What an anomaly of a type does to a metric, by tick.
    func effectKey(of type: AnomalyType, _ metric: Metric) -> RandomKey {
        key.stream(0x3_0000 | UInt64(type.rawValue) << 8 | UInt64(metric.rawValue))
    }
}
