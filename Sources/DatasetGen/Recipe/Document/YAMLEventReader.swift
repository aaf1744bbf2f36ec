internal import CYaml

/// The events of a YAML text, one at a time, as libyaml tells of them.
///
/// libyaml's own documents are not used: composing one expands aliases to compare the keys of maps, which a few lines of text can make
/// take for ever, and it stops at the first repeated key.
@safe
final class YAMLEventReader {
    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    /// libyaml keeps the address of the text.
    private let text: UnsafeMutableBufferPointer<UInt8>

    /// A reader of UTF-8 text.
    init(_ text: [UInt8]) {
        unsafe self.text = .allocate(capacity: text.count)
        _ = unsafe self.text.initialize(from: text)
        precondition(unsafe yaml_parser_initialize(parser) == 1, "out of memory")
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, self.text.baseAddress, self.text.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe text.deallocate()
    }

    /// The next event.
    func next() throws(YAMLProblem) -> YAMLEvent {
        var event = unsafe yaml_event_t()
        while true {
            guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw problem }
            if unsafe event.type != YAML_STREAM_START_EVENT { break }
            unsafe yaml_event_delete(&event)
        }
        defer { unsafe yaml_event_delete(&event) }
        return unsafe YAMLEvent(event)
    }

    /// What libyaml finds wrong.
    private var problem: YAMLProblem {
        let state = unsafe parser.pointee
        let text = unsafe state.problem.map { unsafe String(cString: $0) } ?? "out of memory"
        if unsafe state.error == YAML_READER_ERROR {
            let valid = unsafe self.text.prefix(state.problem_offset)
            let position = unsafe TextPosition(atEndOf: String(decoding: valid, as: UTF8.self))
            return YAMLProblem(position: position, message: "this is not YAML: \(text)")
        }
        let position = unsafe TextPosition(state.problem_mark)
        if let cause = unsafe YAMLLine(number: position.line, of: Array(self.text)).cause(ofProblemAt: position.column)
        {
            return YAMLProblem(position: position, message: "this is not YAML: \(cause)")
        }
        let context = unsafe state.context.map { context in
            unsafe "\(String(cString: context)) at line \(TextPosition(state.context_mark).line): "
        }
        return YAMLProblem(position: position, message: "this is not YAML: \(context ?? "")\(text)")
    }
}

extension YAMLEvent {
    fileprivate init(_ event: yaml_event_t) {
        position = unsafe TextPosition(event.start_mark)
        switch unsafe event.type {
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.data.scalar
            let value = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let isPlain = unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE && scalar.quoted_implicit == 0
            kind = unsafe .scalar(text: String(decoding: value, as: UTF8.self), isPlain: isPlain)
            unsafe (tag, anchor) = (Self.text(scalar.tag), Self.text(scalar.anchor))
        case YAML_SEQUENCE_START_EVENT:
            kind = .list
            let list = unsafe event.data.sequence_start
            unsafe (tag, anchor) = (Self.text(list.tag), Self.text(list.anchor))
        case YAML_MAPPING_START_EVENT:
            kind = .map
            let map = unsafe event.data.mapping_start
            unsafe (tag, anchor) = (Self.text(map.tag), Self.text(map.anchor))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: kind = .end
        case YAML_ALIAS_EVENT: kind = unsafe .alias(Self.text(event.data.alias.anchor) ?? "")
        case YAML_STREAM_END_EVENT: kind = .streamEnd
        default: kind = .document
        }
    }

    private static func text(_ pointer: UnsafePointer<yaml_char_t>?) -> String? {
        unsafe pointer.map { unsafe String(cString: $0) }
    }
}

extension TextPosition {
    /// The place that libyaml counts from 0.
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(line: mark.line + 1, column: mark.column + 1)
    }
}
