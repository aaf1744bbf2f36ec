import DatasetGen

/// The type of a value in an answer.
indirect enum AnswerType {
    case text
    case boolean
    case integer
    case number
    case list(AnswerType)
    /// An object whose keys are not fixed.
    case map(AnswerType)
    /// Any JSON.
    case any
    /// An object with a schema of its own.
    case object(JSONValue)
    /// The type or `null`.
    case optional(AnswerType)

    /// As a JSON Schema of OpenAPI 3.1.
    var schema: JSONValue {
        switch self {
        case .text: ["type": "string"]
        case .boolean: ["type": "boolean"]
        case .integer: ["type": "integer"]
        case .number: ["type": "number"]
        case .list(let element): ["type": "array", "items": element.schema]
        case .map(let element): ["type": "object", "additionalProperties": element.schema]
        case .any: ["type": "object"]
        case .object(let schema): schema
        case .optional(let type): ["anyOf": .array([type.schema, ["type": "null"]])]
        }
    }
}
