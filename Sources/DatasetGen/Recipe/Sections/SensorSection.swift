/// A sensor as `sensor`, an identity or a group of the fleet states it, in the flat form, the nested one, or both.
struct SensorSection: Sendable {
    var id: Stated<String>?
    var sensorID: Stated<String>?
    var type: Stated<String>?
    var sensorType: Stated<String>?
    var location: Stated<LocationSection>?
    var flatPlace = LocationSection()
    var flatDevice = DeviceSection()
    var device: Stated<DeviceSection>?
    var flatDeployment = DeploymentSection()
    var deployment: Stated<DeploymentSection>?
    var instanceID: Stated<String>?
    var metadata: Stated<MetadataSection>?

    static let fields: [Field<SensorSection>] =
        [
            Field("id", \.id, .text, default: "derived from city and seed", "Identifier, for a single sensor."),
            Field("sensor_id", \.sensorID, .text, "The same as `id`."),
            Field("type", \.type, .text, default: "environmental", "Kind of sensor."),
            Field("sensor_type", \.sensorType, .text, "The same as `type`."),
            Field(
                "location",
                \.location,
                .location,
                default: "a city drawn by the seed",
                "Where the sensor is: a city's name, or a section."
            ),
        ]
        + LocationSection.flatFields.map { $0.within(\.flatPlace) }
        + DeviceSection.definition.fields.map { $0.within(\.flatDevice) }
        + DeploymentSection.definition.fields.map { $0.within(\.flatDeployment) }
        + [
            Field("instance_id", \.instanceID, .text, "Identifier of the process or container."),
            Field("device_info", \.device, .section(DeviceSection.definition), "The device, in nested form."),
            Field(
                "deployment",
                \.deployment,
                .section(DeploymentSection.definition),
                "The deployment, in nested form."
            ),
            Field(
                "metadata",
                \.metadata,
                .section(MetadataSection.definition),
                "What the reference's generated identities add."
            ),
        ]

    static let alternatives = [["id", "sensor_id"], ["type", "sensor_type"]]

    static let definition = SectionDefinition(
        name: "sensor",
        summary: "A sensor. Flat keys and the sections `location`, `device_info` and `deployment` may be mixed; "
            + "where both state a thing, the section counts.",
        fields: fields,
        alternatives: alternatives,
        empty: { SensorSection() }
    )
}

extension ValueType where Value == SensorSection {
    /// An identity: the path of its file, or the identity itself.
    ///
    /// A path has been replaced by the file's content when this is read.
    static let identity = {
        var type = ValueType.section(SensorSection.definition)
        type.expectation = "a path, relative to the recipe's folder, or a section"
        type.schema = .members(["anyOf": .array([.members(["type": .string("string")]), type.schema])])
        return type
    }()
}
