/// Which sensors something hits together, such as an incident: all, or those that have something in common.
struct SensorScopes: Sendable {
    /// What sensors have in common.
    typealias Scope = IncidentParameters.Scope

    /// What sensors have in common: the name of their city, group, make or part of it, by number; none of the whole fleet.
    let names: [String]
    /// By number: what happens there is drawn with it.
    let keys: [RandomKey]
    /// By number: whether it happens there.
    let areChosen: [Bool]
    private let membership: Membership

    /// How the number of a sensor is found.
    private enum Membership: Sendable {
        case all
        case bySite([Int])
        case byProfile([Int])
        /// By group: the index of the sensor behind its last one.
        case byGroup([Int])
    }

    /// Those of a fleet; it happens in those that are named, or in all where none is, and is drawn with a key.
    ///
    /// - Throws: The name among the chosen ones that is none.
    init(_ scope: Scope, only: [String], _ fleet: Fleet, key: RandomKey) throws(UnknownScope) {
        var (names, keys): ([String], [RandomKey]) = ([], [])
        switch scope {
        case .fleet:
            (membership, keys) = (.all, [key])
        case .city:
            var numbers: [Place: Int] = [:]
            membership = .bySite(
                fleet.sites.map { site in
                    if let number = numbers[site.place] { return number }
                    numbers[site.place] = names.count
                    names.append(site.place.name)
                    keys.append(site.place.weatherKey(below: key))
                    return names.count - 1
                }
            )
        case .group:
            var end = 0
            membership = .byGroup(
                fleet.resolvedRecipe.groups.enumerated()
                    .map { index, group in
                        names.append(group.scopeName(index: index))
                        keys.append(key.stream(UInt64(index)))
                        end += group.count
                        return end
                    }
            )
        case .manufacturer, .model, .firmwareVersion:
            var numbers: [String: Int] = [:]
            membership = .byProfile(
                fleet.profiles.map { profile in
                    let name = profile.name(in: scope)
                    if let number = numbers[name] { return number }
                    numbers[name] = names.count
                    names.append(name)
                    keys.append(key.derived(fromText: name))
                    return names.count - 1
                }
            )
        }
        (self.names, self.keys) = (names, keys)
        if let unknown = only.first(where: { !names.contains($0) }) {
            throw UnknownScope(name: unknown, known: names)
        }
        areChosen = keys.indices.map { only.isEmpty || only.contains(names[$0]) }
    }

    /// The number of what a sensor has in common with others.
    @inline(__always)
    func number(of sensor: SensorCore) -> Int {
        switch membership {
        case .all: 0
        case .bySite(let numbers): numbers[sensor.site]
        case .byProfile(let numbers): numbers[sensor.profile]
        case .byGroup(let ends): Self.group(of: sensor.index, ends)
        }
    }

    private static func group(of sensor: Int, _ ends: [Int]) -> Int {
        var (low, high) = (0, ends.count - 1)
        while low < high {
            let middle = low + (high - low) / 2
            if ends[middle] <= sensor { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// A city, group and so on that no sensor of the fleet has.
struct UnknownScope: Error {
    let name: String
    let known: [String]

    /// One line on what is wrong and what would be right.
    func description(of scope: SensorScopes.Scope) -> String {
        let nearest = Suggestion.nearest(to: name, among: known)
        let some = "there are \(known.prefix(10).joined(separator: ", "))\(known.count > 10 ? ", …" : "")"
        return "no sensor is of the \(scope.rawValue) \(name.quoted); "
            + (nearest.map { "did you mean \($0.quoted)?" } ?? some)
    }
}

extension AnomalyProfile {
    fileprivate func name(in scope: SensorScopes.Scope) -> String {
        switch scope {
        case .manufacturer: manufacturer
        case .model: model
        case .firmwareVersion: firmwareVersion.text
        case .fleet, .city, .group: ""
        }
    }
}

extension FleetGroup {
    /// What a recipe calls the group: the prefix of its ids, or its only sensor's id, else its place in the list, from 1 on.
    func scopeName(index: Int) -> String {
        switch naming {
        case .fixed(let id): id
        case .numbered(let prefix, _): prefix
        case .derived, .recorded: "\(index + 1)"
        }
    }
}
