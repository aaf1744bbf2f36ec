extension RecipeResolver {
    /// The readings that the recipe names; nil for none, and where they cannot be had.
    mutating func recording() -> Recording? {
        guard let stated = section.recording, let file = stated.value.file else { return nil }
        refuseWhatRecordingsSay()
        let isResolved = section.dataset?.value.isResolved?.value == true
        let columns = section.metrics?.value.metrics.filter { isReplay($0.declaration.value) }
            .map { metric in
                RecordingRequest.Column(
                    name: metric.name,
                    column: metric.declaration.value.column?.value,
                    resolution: metric.declaration.value.resolution?.value
                )
            }
        if let columns, columns.isEmpty {
            decoder.report("none of the metrics is of the recording; give one the model replay", about: file)
            return nil
        }
        guard decoder.isSound("recording"), decoder.isSound("metrics") else { return nil }
        do {
            guard let place = try recordingFiles?.location(of: file.value, statedAt: file.origin) else {
                let message =
                    recordingFiles == nil
                    ? "files cannot be read here"
                    : "\(file.value) is not in the recipe's folder; to name it all the same, use --set recording.file=FILE"
                decoder.report(message, about: file)
                return nil
            }
            let request = RecordingRequest(
                path: place.path,
                name: place.name,
                time: stated.value.time?.value,
                sensor: stated.value.sensor?.value,
                table: stated.value.table?.value,
                columns: columns,
                isResolved: isResolved
            )
            guard let recording = try recordingFiles?.read(request) else { return nil }
            check(recording, file)
            let played = played(recording, stated.value, file)
            notes += (played ?? recording).notes
            guard let replicas = section.replicas?.value.count, replicas.value > 1 else { return played }
            if replicas.value > Self.mostReplicas {
                decoder.report(
                    "at most \(Self.mostReplicas.grouped) sensors can have the readings of one recording",
                    about: replicas
                )
                return nil
            }
            return played?.replicated(replicas.value)
        } catch {
            let isMissing = (error as? RecordingError)?.isMissing ?? true
            // Where an option names the file, the message alone says all.
            let isOfOption = if case .option = file.origin { true } else { false }
            let finding = RecipeDiagnostic(
                kind: isMissing ? .unreadableFile : .invalid,
                origin: isOfOption ? nil : file.origin ?? start,
                keyPath: isOfOption ? "" : file.keyPath,
                message: isMissing && !(error is RecordingError) ? "cannot read \(file.value): \(error)" : "\(error)"
            )
            decoder.report(finding)
            return nil
        }
    }

    /// Whether a metric is one of the recording.
    func isReplay(_ stated: MetricDeclarationSection) -> Bool {
        stated.model.map { $0.value == .replay } ?? (stated.formula == nil && stated.mean == nil)
    }

    /// A metric of the recording as the recipe declares it, which may have said nothing.
    mutating func replay(
        _ metric: Recording.Metric,
        _ statement: Stated<MetricDeclarationSection>
    ) -> MetricDeclaration? {
        let stated = statement.value
        let resolution = metric.resolution
        let (low, high) = (metric.least, metric.greatest)
        let noise = stated.noise?.value ?? 0
        let limits = stated.limits?.value ?? metric.usualLimits(noise: noise)
        guard limits.lowerBound <= low, limits.upperBound >= high else {
            decoder.report(
                "limits \(limits.lowerBound.plainText) to \(limits.upperBound.plainText) do not hold the recording's "
                    + "readings, \(low.plainText) to \(high.plainText)",
                at: stated.limits?.origin,
                path: statement.keyPath.appendingKey("limits")
            )
            return nil
        }
        guard resolution.holds(limits) else {
            let message = MetricSchemaError.limitsTooWide(metric.name, limits, resolution).description
            decoder.report(message, at: stated.limits?.origin, path: statement.keyPath)
            return nil
        }
        return MetricDeclaration(
            description: MetricDescription(
                name: metric.name,
                unit: stated.unit?.value ?? "",
                summary: stated.summary?.value ?? "",
                resolution: resolution,
                limits: limits,
                model: .replay,
                hasGaps: metric.hasGaps
            ),
            model: .replay(column: metric.column, noise: noise)
        )
    }

    private mutating func check(_ recording: Recording, _ file: Stated<String>) {
        if let stated = section.recording?.value.sha256, stated.value != recording.source.sha256 {
            decoder.report(
                "\(file.value) is another file: its SHA-256 is \(recording.source.sha256), not \(stated.value)",
                about: file
            )
        }
        guard recording.sensors[0].id != nil else { return }
        refuse(section.replicas, Self.ofSensors)
        for id in [section.sensor?.value.statedID, section.identity?.value.statedID] {
            if let id { decoder.report("the sensors have the ids of the recording; leave this out", about: id) }
        }
    }

    /// Reports keys that say what the recording says, and those that mean nothing with one.
    private mutating func refuseWhatRecordingsSay() {
        let (dataset, simulation) = (section.dataset?.value, section.simulation?.value)
        refuse(simulation?.interval, Self.ofTimes)
        refuse(simulation?.rate, Self.ofTimes)
        refuse(simulation?.runTime, Self.ofTimes)
        refuse(section.fleet, Self.ofSensors)
        refuse(
            section.randomLocation,
            "the sensors of a recording are not spread over cities; sensor.location says where they are"
        )
        refuse(section.delivery, "the readings of a recording have arrived as they are; leave this out")
        refuse(section.normal, "the recording has the healthy readings; leave this out")
        refuse(section.climate, "the recording has the healthy readings; leave this out")
        refuse(
            section.anomalies?.value.phases,
            "with a recording the probability is the same all the time; leave this out"
        )
        if let order = dataset?.order, case .window = order.value {
            decoder.report("the rows of a recording are in the order time or sensor", about: order)
        }
    }

    /// Their plan is made before anything is known of the memory that there is.
    private static let mostReplicas = 100_000
    private static let ofTimes = "the recording says when readings are taken; leave this out"
    private static let ofSensors = "the recording says which sensors there are; leave this out"

    private mutating func refuse<Value: Sendable>(_ stated: Stated<Value>?, _ message: String) {
        if let stated, stated.origin != nil { decoder.report(message, about: stated) }
    }
}

extension Recording.Metric {
    /// The least reading, in the metric's unit.
    fileprivate var least: Double {
        FixedPoint(count: Int64(range.lowerBound), decimals: resolution.decimals).double
    }

    /// The greatest reading, in the metric's unit.
    fileprivate var greatest: Double {
        FixedPoint(count: Int64(range.upperBound), decimals: resolution.decimals).double
    }

    /// As far again beyond the least and the greatest reading as these are apart, noise included, but not below 0 where none is.
    fileprivate func usualLimits(noise: Double) -> ClosedRange<Double> {
        let (low, high) = (Int64(range.lowerBound), Int64(range.upperBound))
        let reach = (BoundedNormal.bound * noise * resolution.countsPerUnit).rounded(.up)
        // Readings that never change have room, too.
        let room = max(high - low + 3 * Int64(min(reach, 4e9)), 16 * Int64(resolution.step))
        let most = resolution.largest.count
        let ends = [low >= 0 ? max(0, low - room) : max(-most, low - room), min(most, high + room)]
            .map { FixedPoint(count: $0, decimals: resolution.decimals).double }
        return ends[0]...ends[1]
    }
}
