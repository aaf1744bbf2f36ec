import DatasetGen

/// Whether the labels say exactly what differs from the healthy twin, reading by reading.
///
/// The promise (docs/data.md, "What is guaranteed"): every unlabelled reading equals the healthy one; every reading of an
/// event carries its label; the first and the last reading of an event differ; events of a sensor do not touch.
struct ExactnessCheck {
    private let findings: AuditFindings
    private let names: ReadingNames
    private let rows: RowGrid
    /// Per sensor: the tick behind its last event; −1 before the first.
    private var ends: [Int64]

    init(_ plan: GenerationPlan, findings: AuditFindings) {
        self.findings = findings
        names = ReadingNames(plan)
        rows = plan.rows
        ends = Array(repeating: -1, count: plan.fleet.sensors.count)
    }

    /// Takes note of an event at its first reading.
    mutating func begin(_ event: StoredEvent) {
        if event.ticks.lowerBound <= ends[event.sensor] {
            findings.add(.touchingEvents, "\(names.event(event)) begins before the one before it has been over")
        }
        ends[event.sensor] = max(ends[event.sensor], event.ticks.upperBound)
    }

    /// Checks a reading that belongs to no event.
    @inline(__always)
    func checkNormal(_ reading: AuditedReading, healthy: MetricCounts) {
        guard reading.isPresent else {
            findings.add(.missingRow, names.reading(reading.position, sensor: reading.sensor))
            return
        }
        if reading.label != 0 {
            findings.add(
                .labelOutsideEvent,
                "\(names.reading(reading.position, sensor: reading.sensor)) is labelled \(names.label(reading.label))"
            )
        } else if reading.metrics != healthy {
            findings.add(
                .unlabelledChange,
                "\(names.reading(reading.position, sensor: reading.sensor)) has "
                    + names.difference(reading.metrics, healthy, sensor: reading.sensor)
            )
        }
    }

    /// Checks a reading of an event.
    func check(_ reading: AuditedReading, healthy: MetricCounts, of event: StoredEvent) {
        checkPresence(reading, event)
        if reading.isPresent {
            checkLabel(reading, event)
            // What a row holds that should not be there is no second finding.
            if event.rows != .omitted { checkMetrics(reading, healthy, event) }
        }
        guard reading.isPresent, reading.metrics == healthy else { return }
        if reading.tick == event.ticks.lowerBound, !event.isCutAtStart {
            findings.add(.firstReadingUnchanged, names.event(event))
        }
        guard reading.tick == event.ticks.upperBound - 1 else { return }
        if !event.isCutAtEnd(tickCount: rows.tickCount(ofSensor: event.sensor)) {
            findings.add(.lastReadingUnchanged, names.event(event))
        }
    }

    private func checkPresence(_ reading: AuditedReading, _ event: StoredEvent) {
        if reading.isPresent, event.rows == .omitted {
            findings.add(
                .omittedRowPresent,
                "\(names.reading(reading.position, sensor: reading.sensor)) of \(names.event(event))"
            )
        } else if !reading.isPresent, event.rows != .omitted {
            findings.add(
                .missingRow,
                "\(names.reading(reading.position, sensor: reading.sensor)) of \(names.event(event))"
            )
        }
    }

    private func checkLabel(_ reading: AuditedReading, _ event: StoredEvent) {
        guard reading.label != event.type.rawValue else { return }
        findings.add(
            reading.label == 0 ? .labelMissing : .labelOfOtherType,
            "\(names.reading(reading.position, sensor: reading.sensor)) of \(names.event(event)) is labelled "
                + names.label(reading.label)
        )
    }

    private func checkMetrics(_ reading: AuditedReading, _ healthy: MetricCounts, _ event: StoredEvent) {
        for metric in names.schema.all {
            let (stored, twin) = (reading.metrics[metric.rawValue], healthy[metric.rawValue])
            let isListed = event.metrics.contains(MetricSet(metric))
            let isNull = stored == ReadingBlock.null
            let isLost = event.rows == .null && isListed
            // A derived metric of changed inputs is whatever they make of it.
            let isFree = isListed && !isLost && names.schema[metric].model == .derived
            if !isFree, isNull != (isLost || twin == ReadingBlock.null) {
                findings.add(
                    .misplacedNull,
                    "\(names.reading(reading.position, sensor: reading.sensor)) of \(names.event(event)) has "
                        + "\(names.schema[metric].name) \(names.value(reading.metrics, metric, reading.sensor))"
                )
            } else if stored != twin, !isListed {
                findings.add(
                    .unlistedMetric,
                    "\(names.schema[metric].name) at \(names.reading(reading.position, sensor: reading.sensor)) of \(names.event(event))"
                )
            }
        }
    }
}
