/// Section `metadata` of an identity, as the reference's `--generate-identity` writes it.
struct MetadataSection: Sendable {
    var instanceID: Stated<String>?
    var sensorType: Stated<String>?

    static let definition = SectionDefinition(
        name: "metadata",
        summary: "Where the reference's generated identities keep two keys of the sensor, and what is known of their "
            + "making.",
        fields: [
            Field("instance_id", \.instanceID, .text, "Identifier of the process or container."),
            Field("sensor_type", \.sensorType, .text, "Kind of sensor."),
            .passedOver("identity_generation_timestamp", "When the identity was made."),
            .passedOver("generation_seed", "What the identity was made from."),
        ],
        empty: { MetadataSection() }
    )
}
