extension GroupSection {
    /// What a recipe would have to state about a group.
    init(describing group: FleetGroup, of recipe: Recipe) {
        let schema = recipe.schema
        count = Stated(group.count)
        metrics = group.metrics.map { Stated($0.elements.map { schema[$0].name }) }
        normal = group.normal.map { Stated(NormalSection(describing: $0, of: group.metrics, schema)) }
        climate = group.climate.map { Stated($0) }
        anomalies = group.anomalies.map { Stated(AnomaliesSection(describing: $0, besides: recipe.anomalies, schema)) }
        if group.step != 1 { interval = Stated(recipe.grid.every(group.step).interval) }
        delivery = group.delivery.map { Stated(DeliverySection(describing: $0)) }
        sensor = SensorSection(describing: group)
        switch group.naming {
        case .fixed(let id):
            sensor.id = Stated(id)
        case .derived, .recorded:
            break
        case .numbered(let prefix, let startIndex):
            self.prefix = Stated(prefix)
            self.startIndex = Stated(startIndex)
        }
        switch group.site {
        case .anyCity: break
        case .named(let name): sensor.location = Stated(LocationSection(name: Stated(name)))
        case .place(let place): sensor.location = Stated(LocationSection(describing: place))
        case .randomCities(let cities): randomLocation = Stated(RandomLocationSection(describing: cities))
        }
    }
}

extension SensorSection {
    /// The nested form, without id and place.
    fileprivate init(describing group: FleetGroup) {
        type = Stated(group.sensorType)
        device = Stated(
            DeviceSection(
                manufacturer: Stated(group.manufacturer),
                model: Stated(group.model),
                firmwareVersion: Stated(group.firmwareVersion),
                part: Stated(group.part),
                supply: Stated(group.supply),
                serialNumber: group.serialNumber.map { Stated($0) },
                manufactureDate: group.manufactureDate.map { Stated($0) }
            )
        )
        let deployment = DeploymentSection(
            deploymentType: group.deploymentType.map { Stated($0) },
            installationDate: group.installationDate.map { Stated($0) },
            heightMeters: group.heightMeters.map { Stated($0) },
            orientationDegrees: group.orientationDegrees.map { Stated($0) }
        )
        if DeploymentSection.definition.encode(deployment) != .object([]) { self.deployment = Stated(deployment) }
        instanceID = group.instanceID.map { Stated($0) }
    }
}

extension LocationSection {
    fileprivate init(describing place: Place) {
        city = Stated(place.name)
        state = place.region.map { Stated($0) }
        country = place.country.map { Stated($0) }
        if let latitude = place.latitude, let longitude = place.longitude {
            coordinates = Stated(CoordinatesSection(latitude: Stated(latitude), longitude: Stated(longitude)))
        }
        elevation = place.elevation.map { Stated($0) }
        timezone = place.timezone.map { Stated($0) }
        population = place.population.map { Stated($0) }
    }
}

extension RandomLocationSection {
    fileprivate init(describing cities: RandomCities) {
        isEnabled = Stated(true)
        numberOfCities = cities.cityCount.map { Stated($0) }
        gpsVariation = Stated(cities.gpsVariation)
        minimumPopulation = cities.minimumPopulation.map { Stated($0) }
        maximumPopulation = cities.maximumPopulation.map { Stated($0) }
        if !cities.includedCountries.isEmpty { includedCountries = Stated(cities.includedCountries) }
        if !cities.excludedCountries.isEmpty { excludedCountries = Stated(cities.excludedCountries) }
        self.cities = cities.cities.map { list in Stated(list.map { Stated(LocationSection(describing: $0)) }) }
    }
}
