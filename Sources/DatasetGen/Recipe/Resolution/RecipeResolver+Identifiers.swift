extension RecipeResolver {
    /// `replicas` and `fleet` both say how many sensors there are.
    mutating func reportReplicas(_ replicas: Stated<ReplicasSection>, besides fleet: Stated<[Stated<GroupSection>]>) {
        guard let count = replicas.value.count, case .option = count.origin else {
            decoder.report("cannot be given together with fleet", about: replicas)
            return
        }
        decoder.report(
            "the recipe has a fleet of \(fleet.value.count) groups; set a group's count instead, such as "
                + "--set fleet.0.count=\(count.value)",
            about: count
        )
    }

    /// A single id is that of a single sensor.
    mutating func checkFixedID(sensorCount: Int, isFleet: Bool) {
        guard sensorCount > 1, let id = common(\.statedID) else { return }
        let wayOut = isFleet ? "a prefix in each group of the fleet" : "replicas.prefix"
        decoder.report("\(sensorCount) sensors cannot have one id; use \(wayOut)", about: id)
    }

    /// No two sensors have the same id.
    mutating func checkUniqueIDs(of groups: [FleetGroup], statedAs fleet: Stated<[Stated<GroupSection>]>) {
        guard decoder.isSound("fleet"), decoder.isSound("sensor"), decoder.isSound("identity") else { return }
        for (index, group) in groups.enumerated() {
            guard let clash = groups[..<index].firstIndex(where: { $0.sharesID(with: group) }) else { continue }
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
        guard let location = section.sensor?.value.location, case .environment(let variable) = location.origin,
            groups.allSatisfy({ $0.sensor.place.name != nil || $0.randomLocation != nil })
        else { return }
        notes.append("\(variable) has no effect: every group of the fleet has its own location")
    }
}

extension FleetGroup {
    /// Whether two groups have an id in common.
    fileprivate func sharesID(with other: FleetGroup) -> Bool {
        switch (naming, other.naming) {
        case (.fixed(let id), .fixed(let otherID)):
            id == otherID
        case (.numbered(let prefix, let start), .numbered(let otherPrefix, let otherStart)):
            prefix == otherPrefix && start < otherStart + other.count && otherStart < start + count
        case (.numbered(let prefix, let start), .fixed(let id)):
            Self.number(of: id, prefix: prefix).map { (start..<start + count).contains($0) } ?? false
        case (.fixed, .numbered):
            other.sharesID(with: self)
        default:
            false
        }
    }

    /// The number of an id such as `PREFIX_000001`; nil for an id of another form.
    private static func number(of id: String, prefix: String) -> Int? {
        guard id.hasPrefix(prefix + "_") else { return nil }
        let digits = id.dropFirst(prefix.count + 1)
        let isPadded = digits.count == 6 || (digits.count > 6 && digits.first != "0")
        return isPadded && digits.allSatisfy(\.isWholeNumber) ? Int(digits) : nil
    }
}
