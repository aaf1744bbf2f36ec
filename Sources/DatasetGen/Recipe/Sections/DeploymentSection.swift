/// Section `deployment`, and the same keys in a flat sensor or identity.
struct DeploymentSection: Sendable {
    var deploymentType: Stated<String>?
    var installationDate: Stated<String>?
    var heightMeters: Stated<FixedPoint>?
    var orientationDegrees: Stated<FixedPoint>?

    static let definition = SectionDefinition(
        name: "deployment",
        summary: "How the sensor is deployed.",
        fields: [
            Field("deployment_type", \.deploymentType, .text, "Kind of deployment, such as `mobile_unit`."),
            Field("installation_date", \.installationDate, .day, "Day of installation."),
            Field(
                "height_meters",
                \.heightMeters,
                .decimal(.from(-12_000, to: 100_000), of: "metres"),
                "Height above ground."
            ),
            Field(
                "orientation_degrees",
                \.orientationDegrees,
                .decimal(.from(0, to: 360), of: "degrees"),
                "Orientation from north."
            ),
        ],
        empty: { DeploymentSection() }
    )
}
