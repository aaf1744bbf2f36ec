/// A property of a section.
typealias Property<Section, Value> = any WritableKeyPath<Section, Value> & Sendable

/// A key of a section: the one declaration from which decoding, schema, resolved recipe and documentation come.
///
/// ```
/// Field("std_dev", \.standardDeviation, .number(.atLeast(0)), default: "2", "Standard deviation in °C.")
/// ```
struct Field<Section: Sendable>: Sendable {
    /// What schema and documentation say.
    var outline: FieldOutline
    /// Reads the value at a path into the section.
    var decode: @Sendable (DocumentNode, _ path: String, inout Section, inout RecipeDecoder) -> Void
    /// The section's value for the resolved recipe; nil if there is none.
    var encode: @Sendable (Section) -> JSONValue?

    /// A key whose value keeps the place where it was stated.
    init<Value>(
        _ name: String,
        _ property: Property<Section, Stated<Value>?>,
        _ type: ValueType<Value>,
        default defaultText: String = "",
        required isRequired: Bool = false,
        _ summary: String
    ) {
        self.init(
            name,
            storing: property,
            type.stated,
            default: defaultText,
            required: isRequired,
            summary
        )
    }

    /// A key of which only the value matters.
    init<Value>(
        _ name: String,
        plain property: Property<Section, Value?>,
        _ type: ValueType<Value>,
        default defaultText: String = "",
        _ summary: String
    ) {
        self.init(name, storing: property, type, default: defaultText, required: false, summary)
    }

    private init<Value>(
        _ name: String,
        storing property: Property<Section, Value?>,
        _ type: ValueType<Value>,
        default defaultText: String,
        required isRequired: Bool,
        _ summary: String
    ) {
        outline = FieldOutline(
            name: name,
            expectation: type.expectation,
            defaultText: defaultText,
            summary: summary,
            isRequired: isRequired,
            schema: type.schema,
            sections: type.sections
        )
        decode = { node, path, section, decoder in
            section[keyPath: property] = type.decode(node, path, &decoder)
        }
        encode = { section in section[keyPath: property].map(type.encode) }
    }

    /// A key that recipes of the reference have and that means nothing here: whatever stands behind it is passed over,
    /// and noted.
    static func passedOver(_ name: String, _ summary: String) -> Field {
        let outline = FieldOutline(
            name: name,
            expectation: "anything",
            defaultText: "",
            summary: summary + " Means nothing here: it is noted and passed over.",
            isRequired: false,
            schema: .object([]),
            sections: [],
            isPassedOver: true
        )
        return Field(outline: outline, decode: { $3.notePassedOver($1) }, encode: { _ in nil })
    }

    private init(
        outline: FieldOutline,
        decode: @escaping @Sendable (DocumentNode, String, inout Section, inout RecipeDecoder) -> Void,
        encode: @escaping @Sendable (Section) -> JSONValue?
    ) {
        self.outline = outline
        self.decode = decode
        self.encode = encode
    }

    /// The same key, which no resolved recipe shows.
    func unwritten() -> Field {
        Field(outline: outline, decode: decode, encode: { _ in nil })
    }

    /// The same key in a section that holds this one.
    func within<Outer>(_ property: Property<Outer, Section>) -> Field<Outer> {
        Field<Outer>(outline: outline) { node, path, outer, decoder in
            decode(node, path, &outer[keyPath: property], &decoder)
        } encode: { outer in
            encode(outer[keyPath: property])
        }
    }
}
