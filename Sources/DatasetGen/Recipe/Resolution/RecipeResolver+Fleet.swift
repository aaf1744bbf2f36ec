extension RecipeResolver {
    /// The fleet, group by group.
    mutating func groups(of schema: MetricSchema, on grid: TickGrid) -> [FleetGroup] {
        if let fleet = section.fleet {
            if let replicas = section.replicas { reportReplicas(replicas, besides: fleet) }
            let groups = fleet.value.enumerated()
                .map { index, group in
                    self.group(group.value, at: index, of: schema, on: grid)
                }
            checkFixedID(sensorCount: groups.reduce(0) { $0 + $1.count }, isFleet: true)
            checkUniqueIDs(of: groups, statedAs: fleet)
            noteUnusedVariables(among: fleet.value.map(\.value))
            return groups
        }
        var like = GroupSection()
        like.count = section.replicas?.value.count
        if let recorded { like.count = Stated(recorded.sensors.count) }
        let isSingle = like.count?.value ?? 1 == 1
        // Many sensors with one id are reported as that; their prefix is not to blame.
        if isSingle || common(\.statedID) == nil {
            like.prefix = section.replicas?.value.prefix
            like.startIndex = section.replicas?.value.startIndex
        }
        if recorded == nil { checkFixedID(sensorCount: like.count?.value ?? 1, isFleet: false) }
        var group = self.group(like, at: 0, of: schema, on: grid)
        if let recorded {
            if recorded.sensors[0].id != nil {
                group.naming = .recorded
            } else if recorded.sensors.count == 1, case .numbered(let prefix, let index) = group.naming {
                group.naming = .fixed(SensorNames.numbered(prefix: prefix, number: index))
            }
            if group.site == .anyCity { group.site = .place(.unknown) }
            return [group]
        }
        if case .numbered = group.naming, section.replicas == nil { group.naming = .derived }
        return [group]
    }

    /// A group, starting from what `identity` and `sensor` state.
    private mutating func group(
        _ group: GroupSection,
        at index: Int,
        of schema: MetricSchema,
        on grid: TickGrid
    ) -> FleetGroup {
        func choose<Value>(_ property: (SensorSection) -> Stated<Value>?) -> Value? {
            (property(group.sensor) ?? common(property))?.value
        }
        let model = choose(\.statedModel) ?? "EnvMonitor 2000"
        let metrics = measured(group.metrics, of: schema)
        let step = step(of: group, on: grid)
        return FleetGroup(
            count: group.count?.value ?? 1,
            naming: naming(of: group, at: index),
            site: site(of: group),
            sensorType: choose(\.statedType) ?? "environmental",
            manufacturer: choose(\.statedManufacturer) ?? "EnvMonitors",
            model: model,
            firmwareVersion: choose(\.statedFirmware) ?? Self.defaultFirmware,
            part: choose(\.statedPart) ?? SensorPart(ofModel: model),
            supply: choose(\.statedSupply) ?? .mains,
            serialNumber: choose(\.statedSerialNumber),
            manufactureDate: choose(\.statedManufactureDate),
            deploymentType: choose(\.statedDeploymentType),
            installationDate: choose(\.statedInstallationDate),
            heightMeters: choose(\.statedHeight),
            orientationDegrees: choose(\.statedOrientation),
            instanceID: choose(\.statedInstanceID),
            metrics: metrics,
            normal: normal(of: group, schema),
            climate: edition(of: group.climate),
            anomalies: anomalies(of: group, measuring: metrics, schema, on: grid.every(step)),
            step: step,
            delivery: group.delivery.map { delivery(statedBy: $0, on: grid) }
        )
    }

    /// What `identity` and `sensor` state together.
    func common<Value>(_ property: (SensorSection) -> Stated<Value>?) -> Stated<Value>? {
        .strongest(section.identity.flatMap { property($0.value) }, section.sensor.flatMap { property($0.value) })
    }

    private mutating func naming(of group: GroupSection, at index: Int) -> SensorNaming {
        if let id = group.sensor.statedID ?? common(\.statedID) {
            if let count = group.count?.value, count > 1, group.sensor.statedID != nil {
                decoder.report("\(count.grouped(of: "sensor")) cannot have one id; use prefix", about: id)
            }
            for key in [group.prefix?.map { _ in }, group.startIndex?.map { _ in }] {
                guard let key else { continue }
                if id.isOfIdentity {
                    notes.append("\(id.keyPath) names the one sensor: \(key.keyPath) does not count")
                } else if id.strength > key.strength {
                    notes.append("\(id.cause): the sensor is called \(id.value); \(key.keyPath) does not count")
                } else {
                    decoder.report("cannot be given together with \(id.cause)", about: key)
                }
            }
            return .fixed(id.value)
        }
        return .numbered(
            prefix: group.prefix?.value ?? Self.defaultPrefix(ofGroup: index),
            startIndex: group.startIndex?.value ?? 1
        )
    }

    /// A firmware whose factor is 1, so that `anomalies.probability` means what it says.
    private static let defaultFirmware = FirmwareVersion("3.0.0")!

    /// `SENSOR`, then `SENSOR_B`, `SENSOR_C` … `SENSOR_Z`, `SENSOR_AA`: a group's ids do not depend on the sizes of
    /// the groups before it.
    static func defaultPrefix(ofGroup index: Int) -> String {
        index == 0 ? "SENSOR" : "SENSOR_" + GroupLetters.text(of: index)
    }

    private mutating func site(of group: GroupSection) -> SiteParameters {
        let place = group.sensor.place
        if let name = place.name {
            if let cities = group.randomLocation, cities.value.isEnabled?.value ?? true {
                decoder.report("cannot be given together with \(name.cause)", about: cities)
            }
            return site(statedBy: place) ?? .anyCity
        }
        if let cities = group.randomLocation.flatMap({ randomCities($0) }) { return .randomCities(cities) }
        let sources = [section.identity, section.sensor].compactMap { $0?.value.place }
        let merged = PlaceStatements(merging: [place] + sources)
        if group.randomLocation == nil, let cities = section.randomLocation, cities.value.isEnabled?.value ?? true {
            guard let name = merged.name else { return randomCities(cities).map { .randomCities($0) } ?? .anyCity }
            let switchStrength = cities.value.isEnabled?.strength ?? cities.strength
            if name.strength == switchStrength, name.isOfIdentity {
                let note = "\(name.keyPath) says where the sensor is: random_location does not count"
                if !notes.contains(note) { notes.append(note) }
            } else if name.strength == switchStrength {
                let message = "cannot be given together with \(name.cause)"
                if !decoder.findings.diagnostics.contains(where: { $0.message == message }) {
                    decoder.report(message, about: cities)
                }
            } else if switchStrength > name.strength {
                return randomCities(cities).map { .randomCities($0) } ?? .anyCity
            }
        }
        return site(statedBy: merged) ?? .anyCity
    }
}
