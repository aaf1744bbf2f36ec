import DatasetGen

/// An identity in the enhanced form, for a sensor that does not exist yet.
struct IdentityTemplate {
    private let sensor: Sensor

    /// Nil if the city is not a bundled one.
    init?(seed: UInt64, city: String?) {
        if let city, !Place.cities.contains(where: { $0.name == city }) { return nil }
        var options: [RecipeOverride] = [.seed(String(seed))]
        if let city { options.append(.set("sensor.location={city: \"\(city)\"}")) }
        guard
            let resolved = try? RecipeReader(overrides: options).read("", source: "identity", defaultName: "identity"),
            let fleet = try? Fleet(resolved.recipe), let sensor = fleet.sensors.first
        else { return nil }
        self.sensor = sensor
    }

    /// The identity.
    var json: JSONValue {
        let place = sensor.place
        return [
            "sensor_id": .string(sensor.id),
            "location": [
                "city": .string(place.name),
                "state": .text(place.region),
                "country": .text(place.country),
                "coordinates": ["latitude": .decimal(place.latitude), "longitude": .decimal(place.longitude)],
                "timezone": .text(place.timezone),
            ],
            "device_info": [
                "manufacturer": .string(sensor.manufacturer),
                "model": .string(sensor.model),
                "firmware_version": .string(sensor.firmwareVersion.text),
                "serial_number": .string(sensor.serialNumber),
            ],
            "deployment": [
                "deployment_type": "fixed",
                "installation_date": "2025-01-01",
                "height_meters": .literal("2"),
            ],
        ]
    }
}
