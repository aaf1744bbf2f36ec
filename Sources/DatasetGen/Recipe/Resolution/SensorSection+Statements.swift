/// What a sensor states, whichever form it uses: a nested key beats the flat one, unless the flat one is an option's or
/// a variable's.
extension SensorSection {
    var statedID: Stated<String>? { .strongest(sensorID, id) }
    var statedType: Stated<String>? { .strongest(metadata?.value.sensorType, type, sensorType) }
    var statedInstanceID: Stated<String>? { .strongest(metadata?.value.instanceID, instanceID) }
    var statedManufacturer: Stated<String>? { .strongest(device?.value.manufacturer, flatDevice.manufacturer) }
    var statedModel: Stated<String>? { .strongest(device?.value.model, flatDevice.model) }
    var statedFirmware: Stated<FirmwareVersion>? {
        .strongest(device?.value.firmwareVersion, flatDevice.firmwareVersion)
    }
    var statedPart: Stated<SensorPart>? { .strongest(device?.value.part, flatDevice.part) }
    var statedSupply: Stated<PowerSupply>? { .strongest(device?.value.supply, flatDevice.supply) }
    var statedSerialNumber: Stated<String>? { .strongest(device?.value.serialNumber, flatDevice.serialNumber) }
    var statedManufactureDate: Stated<String>? {
        .strongest(device?.value.manufactureDate, flatDevice.manufactureDate)
    }
    var statedDeploymentType: Stated<String>? {
        .strongest(deployment?.value.deploymentType, flatDeployment.deploymentType)
    }
    var statedInstallationDate: Stated<String>? {
        .strongest(deployment?.value.installationDate, flatDeployment.installationDate)
    }
    var statedHeight: Stated<FixedPoint>? { .strongest(deployment?.value.heightMeters, flatDeployment.heightMeters) }
    var statedOrientation: Stated<FixedPoint>? {
        .strongest(deployment?.value.orientationDegrees, flatDeployment.orientationDegrees)
    }

    /// The place.
    var place: PlaceStatements {
        let nested = location?.value ?? LocationSection()
        let flat = flatPlace
        return PlaceStatements(
            // A city beats an address, wherever they stand.
            name: .strongest(nested.city, nested.name, nested.fullName, flat.city, nested.address, flat.address),
            region: .strongest(nested.state, nested.region, flat.state, flat.region),
            country: .strongest(nested.country, flat.country),
            latitude: .strongest(nested.coordinates?.value.latitude, nested.latitude, flat.latitude),
            longitude: .strongest(nested.coordinates?.value.longitude, nested.longitude, flat.longitude),
            elevation: .strongest(nested.elevation, flat.elevation),
            timezone: .strongest(nested.timezone, flat.timezone),
            population: .strongest(nested.population, flat.population)
        )
    }
}
