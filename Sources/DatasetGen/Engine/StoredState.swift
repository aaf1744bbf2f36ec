/// What a run must know to go on where an earlier one was interrupted, as bytes and back.
///
/// Numbers are little-endian; a list is preceded by its length, and what may be missing by 0 or 1.
package protocol StoredState: ~Copyable {
    /// Appends the state.
    func store(in state: inout StateWriter)

    /// Reads what ``store(in:)`` has written.
    ///
    /// - Throws: ``StateError``.
    init(from state: inout StateReader) throws(StateError)
}

/// The bytes are not those of the state that was asked for.
package struct StateError: Error {
    package init() {}
}

/// States in the making, one behind the other.
package struct StateWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Appends a state.
    package mutating func append<State: StoredState & ~Copyable>(_ state: borrowing State) {
        state.store(in: &self)
    }

    /// Appends bytes as they are.
    package mutating func append(raw bytes: UnsafeRawBufferPointer) {
        unsafe self.bytes.append(contentsOf: bytes)
    }

    fileprivate mutating func append(raw number: some FixedWidthInteger & BitwiseCopyable) {
        unsafe withUnsafeBytes(of: number.littleEndian) { unsafe append(raw: $0) }
    }
}

/// Reads states in the order in which they were written.
package struct StateReader {
    private var rest: ArraySlice<UInt8>

    /// A reader of bytes.
    package init(_ bytes: some Sequence<UInt8>) {
        rest = Array(bytes)[...]
    }

    /// Bytes that have not been read.
    package var count: Int { rest.count }

    /// The next state.
    package mutating func next<State: StoredState & ~Copyable>() throws(StateError) -> State {
        try State(from: &self)
    }

    /// The next bytes as they are.
    package mutating func next(raw count: Int) throws(StateError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= rest.count else { throw StateError() }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }
}

extension StoredState where Self: FixedWidthInteger & BitwiseCopyable {
    package func store(in state: inout StateWriter) { state.append(raw: self) }

    package init(from state: inout StateReader) throws(StateError) {
        let bytes = try state.next(raw: MemoryLayout<Self>.size)
        self = bytes.reversed().reduce(0) { $0 << 8 | Self(truncatingIfNeeded: $1) }
    }
}

extension UInt8: StoredState {}
extension UInt32: StoredState {}
extension UInt64: StoredState {}
extension Int: StoredState {}
extension Int64: StoredState {}
extension Int128: StoredState {}

extension Bool: StoredState {
    package func store(in state: inout StateWriter) { state.append(UInt8(self ? 1 : 0)) }

    package init(from state: inout StateReader) throws(StateError) {
        let byte: UInt8 = try state.next()
        guard byte <= 1 else { throw StateError() }
        self = byte == 1
    }
}

extension Optional: StoredState where Wrapped: StoredState {
    package func store(in state: inout StateWriter) {
        state.append(self != nil)
        if let self { state.append(self) }
    }

    package init(from state: inout StateReader) throws(StateError) {
        self = try state.next() ? .some(try Wrapped(from: &state)) : nil
    }
}

extension Array: StoredState where Element: StoredState {
    package func store(in state: inout StateWriter) {
        state.append(count)
        for element in self { state.append(element) }
    }

    package init(from state: inout StateReader) throws(StateError) {
        let count: Int = try state.next()
        // An element has a byte at least: no room is made for more than there can be.
        guard count >= 0, count <= state.count else { throw StateError() }
        self = []
        reserveCapacity(count)
        for _ in 0..<count { append(try state.next()) }
    }
}
