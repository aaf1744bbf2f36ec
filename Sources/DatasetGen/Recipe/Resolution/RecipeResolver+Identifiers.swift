extension RecipeResolver {
    /// `replicas` and `fleet` both say how many sensors there are.
    mutating func reportReplicas(_ replicas: Stated<ReplicasSection>, besides fleet: Stated<[Stated<GroupSection>]>) {
        guard let count = replicas.value.count, case .option = count.origin else {
            decoder.report("cannot be given together with fleet", about: replicas)
            return
        }
        decoder.report(
            "the recipe has a fleet of \(fleet.value.count.grouped(of: "group")); set a group's count instead, such as "
                + "--set fleet.0.count=\(count.value)",
            about: count
        )
    }

    /// A single id is that of a single sensor.
    mutating func checkFixedID(sensorCount: Int, isFleet: Bool) {
        guard sensorCount > 1, let id = common(\.statedID) else { return }
        let wayOut = isFleet ? "a prefix in each group of the fleet" : "replicas.prefix"
        decoder.report("\(sensorCount.grouped) sensors cannot have one id; use \(wayOut)", about: id)
    }

    /// No two sensors have the same id.
    mutating func checkUniqueIDs(of groups: [FleetGroup], statedAs fleet: Stated<[Stated<GroupSection>]>) {
        guard decoder.isSound("fleet"), decoder.isSound("sensor"), decoder.isSound("identity") else { return }
        var identifiers = IdentifierSet()
        for (index, group) in groups.enumerated() {
            guard let clash = identifiers.insert(group.naming, count: group.count, ofGroup: index) else { continue }
            let stated = fleet.value[index]
            decoder.report(
                "the ids of this group and of fleet.\(clash) overlap; give it another prefix or start_index",
                at: stated.value.prefix?.origin ?? stated.origin,
                path: stated.value.prefix?.keyPath ?? stated.keyPath
            )
        }
    }

    /// Tells of a variable that no group follows, since each states the same thing itself.
    mutating func noteUnusedVariables(among groups: [GroupSection]) {
        if let location = section.sensor?.value.location, case .environment(let variable) = location.origin,
            groups.allSatisfy({ $0.sensor.place.name != nil || $0.randomLocation != nil })
        {
            notes.append("\(variable) has no effect: every group of the fleet has its own location")
        }
        if let id = section.sensor?.value.statedID, case .environment(let variable) = id.origin,
            groups.allSatisfy({ $0.sensor.statedID != nil })
        {
            notes.append("\(variable) has no effect: every group of the fleet has its own id")
        }
    }
}
