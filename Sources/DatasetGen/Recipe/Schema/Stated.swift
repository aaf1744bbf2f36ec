/// A value that a recipe states, and where.
struct Stated<Value: Sendable>: Sendable {
    var value: Value
    /// The key, such as `fleet.0.count`; empty for a value that no recipe stated.
    var keyPath = ""
    /// Where; nil for a value that no recipe stated.
    var origin: RecipeOrigin?

    init(_ value: Value, keyPath: String = "", origin: RecipeOrigin? = nil) {
        self.value = value
        self.keyPath = keyPath
        self.origin = origin
    }

    /// The same place with another value.
    func map<Other>(_ transform: (Value) -> Other) -> Stated<Other> {
        Stated<Other>(transform(value), keyPath: keyPath, origin: origin)
    }

    /// See ``RecipeOrigin/strength``.
    var strength: Int { origin?.strength ?? 0 }

    /// Whether an identity states it, which a recipe may share with others.
    var isOfIdentity: Bool { keyPath.hasPrefix("identity.") }

    /// Whether a group of the fleet states it.
    var isOfGroup: Bool { keyPath.hasPrefix("fleet.") }

    /// The statement of the greatest strength; of equal ones, the first.
    static func strongest(_ statements: Stated?...) -> Stated? {
        statements.compactMap { $0 }
            .reduce(nil) { best, next in
                guard let best else { return next }
                return next.strength > best.strength ? next : best
            }
    }
}
