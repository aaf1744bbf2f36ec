extension Sensor {
    /// The texts of the columns `firmware_version` to `height_meters`, in the order of ``Column``; nil is NULL.
    package var metadata: [String?] {
        let place = place
        return [
            firmwareVersion.text, model, manufacturer, serialNumber, place.name, place.latitude?.text,
            place.longitude?.text, place.timezone, deploymentType, installationDate, heightMeters?.text,
        ]
    }
}
