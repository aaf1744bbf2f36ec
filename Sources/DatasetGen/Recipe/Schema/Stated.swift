/// A value that a recipe states, and where.
struct Stated<Value: Sendable>: Sendable {
    /// Sections hold sections: were these not behind a reference, the compiler would write out how hundreds of fields are
    /// copied, for each section again.
    private final class Storage: Sendable {
        let value: Value
        let keyPath: String
        let origin: RecipeOrigin?

        init(_ value: Value, _ keyPath: String, _ origin: RecipeOrigin?) {
            (self.value, self.keyPath, self.origin) = (value, keyPath, origin)
        }
    }

    private var storage: Storage

    init(_ value: Value, keyPath: String = "", origin: RecipeOrigin? = nil) {
        storage = Storage(value, keyPath, origin)
    }

    var value: Value {
        get { storage.value }
        set { storage = Storage(newValue, keyPath, origin) }
    }

    /// The key, such as `fleet.0.count`; empty for a value that no recipe stated.
    var keyPath: String {
        get { storage.keyPath }
        set { storage = Storage(value, newValue, origin) }
    }

    /// Where; nil for a value that no recipe stated.
    var origin: RecipeOrigin? {
        get { storage.origin }
        set { storage = Storage(value, keyPath, newValue) }
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
