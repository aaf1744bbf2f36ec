extension RecipeResolver {
    /// Tells of every variable that shapes what is generated: none does so in silence.
    mutating func noteVariables(shaping recipe: Recipe) {
        for variable in EnvironmentVariable.all where isInEffect(variable) {
            guard let effect = effect(of: variable, on: recipe) else { continue }
            let instead = displaced[variable.name].map { "; the recipe's \($0) does not count" } ?? ""
            notes.append("\(variable.name): \(effect)\(instead)")
        }
    }

    /// Whether no option has set the variable's key to something else.
    private func isInEffect(_ variable: EnvironmentVariable) -> Bool {
        decoder.origins[variable.path] == .environment(variable: variable.name)
    }

    /// What a variable does to the data; nil if nothing.
    private func effect(of variable: EnvironmentVariable, on recipe: Recipe) -> String? {
        switch variable.path {
        case "sensor.id": section.sensor?.value.statedID.map { "the sensor is called \($0.value)" }
        case "sensor.location": placement(by: variable, recipe)
        case "simulation.interval": section.simulation?.value.interval.map { "a reading every \($0.value.text)" }
        case "anomalies.probability": "anomalies.probability is \(recipe.anomalies.probability.plainText)"
        default: nil
        }
    }

    private func placement(by variable: EnvironmentVariable, _ recipe: Recipe) -> String? {
        guard let name = section.sensor?.value.place.name else { return nil }
        let groups = recipe.groups.filter { group in
            switch group.site {
            case .named(let city): city == name.value
            case .place(let place): place.name == name.value
            case .anyCity, .randomCities: false
            }
        }
        let (moved, all) = (groups.reduce(0) { $0 + $1.count }, recipe.sensorCount)
        guard moved > 0 else { return nil }
        let who =
            moved < all
            ? "\(moved.grouped) of \(all.grouped(of: "sensor")) are"
            : all == 1 ? "the sensor is" : "all \(all.grouped(of: "sensor")) are"
        let isSpread = section.randomLocation.map { $0.value.isEnabled?.value ?? true } ?? false
        return "\(who) in \(name.value)" + (isSpread ? "; random_location does not count" : "")
    }
}

extension Stated {
    /// What messages call the statement: the key of a file, or else the variable or the option.
    var cause: String {
        switch origin {
        case .environment, .option: origin?.description ?? keyPath
        case .file, nil: keyPath
        }
    }
}
