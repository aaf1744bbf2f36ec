import DatasetGen

/// All measures of an audit; each reading goes to those that it concerns.
struct AuditMeasures {
    private let sample: SensorSample
    private let plan: GenerationPlan
    private var shares: ShareMeasure
    private var oneLiners: OneLinerMeasure
    private var edgeSteps: EdgeStepMeasure
    private var density: DensityMeasure
    private var positions: PositionMeasure
    private var leaks: LeakMeasure
    private var incidentLeaks: IncidentLeakMeasure?
    private var placement: PlacementMeasure
    private var splits: SplitMeasure?

    init(_ plan: GenerationPlan, twin: GenerationPlan) {
        self.plan = plan
        sample = SensorSample(sensorCount: plan.fleet.sensors.count)
        let healthy = TwinSample(twin, sample: sample)
        shares = ShareMeasure(plan)
        oneLiners = OneLinerMeasure(plan, sample: sample, twin: healthy)
        edgeSteps = EdgeStepMeasure(plan, limits: healthy.stepLimits)
        density = DensityMeasure(plan)
        positions = PositionMeasure(plan)
        leaks = LeakMeasure(plan)
        incidentLeaks = IncidentLeakMeasure(plan)
        placement = PlacementMeasure(plan)
        splits = SplitMeasure(plan)
    }

    /// Takes note of a reading, of the event that it belongs to, and whether that begins with it.
    mutating func add(_ reading: AuditedReading, event: StoredEvent?, begins: Bool) {
        // Incidents come to many sensors at one time, as they are asked to: no schedule of a sensor's own has them.
        let isOwn = event?.isOfIncident != true
        shares.add(reading, isOwn: isOwn)
        if isOwn { leaks.add(reading) }
        if !isOwn || event == nil { incidentLeaks?.add(reading) }
        if begins, let event {
            density.add(event)
            incidentLeaks?.add(event)
            if isOwn {
                positions.add(event)
                leaks.add(event)
                placement.add(event.placed)
            } else {
                placement.passOver(event.ticks, ofSensor: event.sensor)
            }
            splits?.add(event)
        }
        edgeSteps.add(reading, beginning: begins ? event : nil)
        let slot = sample.slots[reading.sensor]
        if slot >= 0 { oneLiners.add(reading, slot: slot, event: event) }
    }

    /// The report; of a pass that was broken off, it does not hold what the whole run would have to be made for.
    func report(
        fileName: String,
        uncheckedColumns: [String],
        rows: Int64,
        isWhole: Bool,
        findings: AuditFindings,
        difficulties: [String]
    ) -> AuditReport {
        AuditReport(
            fileName: fileName,
            readings: plan.rows.count,
            rows: rows,
            sensors: plan.fleet.sensors.count,
            sampledSensors: sample.sensors.count,
            uncheckedColumns: uncheckedColumns,
            findings: findings.found,
            shares: shares.figures,
            oneLiners: oneLiners.figures(difficulties: difficulties),
            difficulties: oneLiners.difficultyFigures(difficulties: difficulties),
            edgeSteps: edgeSteps.figures,
            density: density.figures,
            positions: positions.figures,
            leaks: leaks.figures + (incidentLeaks.map { [$0.figure] } ?? []),
            placement: placement.figures(otherSeed: isWhole ? .otherSeed(plan) : nil),
            splits: splits?.figures
        )
    }
}
