import DatasetGen

/// States of a run by name, so that each is read by whoever has stored it, whatever stands before and behind.
struct StateSections {
    private var sections: [(name: String, bytes: [UInt8])] = []

    /// No sections.
    init() {}

    /// Adds the section of a name, which no other has.
    mutating func store(_ name: String, _ body: (inout StateWriter) -> Void) {
        precondition(!sections.contains { $0.name == name }, "two sections of a name")
        var writer = StateWriter()
        body(&writer)
        sections.append((name, writer.bytes))
    }

    /// What the section of a name holds.
    ///
    /// - Throws: ``StateError`` where there is none.
    func reader(_ name: String) throws(StateError) -> StateReader {
        guard let section = sections.first(where: { $0.name == name }) else { throw StateError() }
        return StateReader(section.bytes)
    }

    /// The state that the section of a name holds.
    ///
    /// - Throws: ``StateError`` where there is none.
    func state<State: StoredState>(_ name: String) throws(StateError) -> State {
        var reader = try reader(name)
        return try reader.next()
    }
}

extension StateSections: StoredState {
    func store(in state: inout StateWriter) {
        state.append(sections.count)
        for section in sections {
            for bytes in [Array(section.name.utf8), section.bytes] {
                state.append(bytes.count)
                unsafe bytes.withUnsafeBytes { unsafe state.append(raw: $0) }
            }
        }
    }

    init(from state: inout StateReader) throws(StateError) {
        let count: Int = try state.next()
        guard count >= 0, count <= state.count else { throw StateError() }
        for _ in 0..<count {
            let name = try state.next(raw: state.next())
            let bytes = try state.next(raw: state.next())
            sections.append((String(decoding: name, as: UTF8.self), Array(bytes)))
        }
    }
}
