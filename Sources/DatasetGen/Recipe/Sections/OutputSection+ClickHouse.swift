extension OutputSection {
    /// The key of a format whose times have a type.
    static let timeFields = [
        Field(
            "time",
            \OutputSection.time,
            .choice,
            default: "datetime64",
            "The type of times: `DateTime64(6, 'UTC')`, or `DateTime('UTC')` for servers that know no other, in whole seconds "
                + "from 1970 to 2106."
        )
    ]
}

/// The type of the times of ClickHouse.
enum ClickHouseTime: String, CaseIterable, Sendable {
    case datetime64
    case datetime

    /// How times are written.
    var style: TimestampStyle { self == .datetime ? .epochSeconds : .epochMicroseconds }
}
