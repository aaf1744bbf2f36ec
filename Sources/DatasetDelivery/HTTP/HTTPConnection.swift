import CCurl
import Synchronization

/// A connection to a server over HTTP that stays open from one request to the next; one thread at a time uses it.
///
/// Redirections are not followed: whoever answers with one is not the database that was named.
@safe
final class HTTPConnection {
    private let handle: UnsafeMutableRawPointer
    /// Text for people on the last failure.
    private let reason = UnsafeMutableBufferPointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    /// - Parameters:
    ///   - user: who asks; nil for nobody.
    ///   - password: of the user.
    ///   - timeout: seconds in which an answer has to be there.
    ///   - connectTimeout: seconds in which a connection has to be there.
    /// - Throws: ``HTTPFailure`` where there is no libcurl.
    init(
        user: String? = nil,
        password: String? = nil,
        timeout: Int = 300,
        connectTimeout: Int = 10
    ) throws(HTTPFailure) {
        guard
            Self.isAvailable.withLock({ known in
                let isThere = known ?? (ccurl_start() != 0)
                known = isThere
                return isThere
            })
        else {
            throw HTTPFailure(
                reason: "libcurl.so.4, the library for HTTP, is not there (Debian package libcurl4)",
                isLasting: true
            )
        }
        // Only without memory there is none.
        unsafe handle = ccurl_easy_init()!
        unsafe reason.initialize(repeating: 0)
        unsafe ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, reason.baseAddress)
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_TIMEOUT, timeout)
        set(CURLOPT_CONNECTTIMEOUT, connectTimeout)
        set(CURLOPT_TCP_NODELAY, 1)
        set(CURLOPT_BUFFERSIZE, 1 << 18)
        set(CURLOPT_UPLOAD_BUFFERSIZE, 1 << 18)
        // The environment has proxies for the world, and not for the database that a URL names.
        set(CURLOPT_PROXY, "")
        if let user {
            set(CURLOPT_HTTPAUTH, Int(truncatingIfNeeded: 1))
            set(CURLOPT_USERNAME, user)
            set(CURLOPT_PASSWORD, password ?? "")
        }
        unsafe ccurl_set_transfer(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
            let length = size * count
            let receiver = unsafe Unmanaged<Receiver>.fromOpaque(context).takeUnretainedValue()
            let room = unsafe UnsafeRawBufferPointer(start: bytes, count: length)
            unsafe receiver.take(room.bindMemory(to: UInt8.self).span)
            return length
        }
        unsafe ccurl_set_transfer(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
            let receiver = unsafe Unmanaged<Receiver>.fromOpaque(context).takeUnretainedValue()
            let room = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
            receiver.head.append(unsafe String(decoding: room, as: UTF8.self))
            return size * count
        }
        unsafe ccurl_set_transfer(handle, CURLOPT_READFUNCTION) { room, size, count, context in
            guard let room = unsafe room, let context = unsafe context else { return 0 }
            let body = unsafe Unmanaged<Body>.fromOpaque(context).takeUnretainedValue()
            return unsafe body.fill(UnsafeMutableRawBufferPointer(start: room, count: size * count))
        }
        unsafe ccurl_set_seek(handle, CURLOPT_SEEKFUNCTION) { context, offset, origin in
            guard let context = unsafe context, offset == 0, origin == 0 else { return 1 }
            return unsafe Unmanaged<Body>.fromOpaque(context).takeUnretainedValue().rewind() ? 0 : 1
        }
    }

    /// Whether the library has been found; nil before anybody has looked.
    private static let isAvailable = Mutex<Bool?>(nil)

    deinit {
        unsafe ccurl_easy_cleanup(handle)
        unsafe reason.deallocate()
    }

    /// Where the bytes of an answer go.
    private final class Receiver {
        private(set) var text: [UInt8] = []
        /// The lines before the body.
        fileprivate(set) var head: [String] = []
        private let consume: ((Span<UInt8>) -> Void)?
        private let isWanted: () -> Bool

        init(_ consume: ((Span<UInt8>) -> Void)?, isWanted: @escaping () -> Bool) {
            (self.consume, self.isWanted) = (consume, isWanted)
        }

        func take(_ bytes: Span<UInt8>) {
            if let consume, isWanted() { return consume(bytes) }
            for index in 0..<min(bytes.count, Self.longest - text.count) { text.append(bytes[index]) }
        }

        /// Bytes of an answer that are kept where nobody takes them piece by piece.
        private static let longest = 64 << 20
    }

    /// The bytes of a request, in parts that are not put together first.
    private final class Body {
        private let parts: [[UInt8]]
        private var (part, offset) = (0, 0)

        /// Whether the library may send it again by itself.
        private let isRepeatable: Bool

        init(_ parts: [[UInt8]], isRepeatable: Bool) { (self.parts, self.isRepeatable) = (parts, isRepeatable) }

        var count: Int { parts.reduce(0) { $0 + $1.count } }

        /// Goes back to the beginning, if it may.
        func rewind() -> Bool {
            guard isRepeatable || (part, offset) == (0, 0) else { return false }
            (part, offset) = (0, 0)
            return true
        }

        func fill(_ room: UnsafeMutableRawBufferPointer) -> Int {
            var count = 0
            while part < parts.count, count < room.count {
                let length = min(parts[part].count - offset, room.count - count)
                unsafe parts[part]
                    .withUnsafeBytes { bytes in
                        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: room[count...])
                        unsafe rest.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length]))
                    }
                (count, offset) = (count + length, offset + length)
                if offset == parts[part].count { (part, offset) = (part + 1, 0) }
            }
            return count
        }
    }

    /// Sends a body, and waits for the answer.
    ///
    /// - Parameters:
    ///   - parts: the body, in parts.
    ///   - url: where to.
    ///   - headers: further lines of the request.
    ///   - isRepeatable: whether the library sends it again by itself when a connection turns out to be closed.
    ///   - consume: given the answer piece by piece if the status is that of success; nil to have it as text.
    /// - Returns: the answer, whatever its status.
    /// - Throws: ``HTTPFailure`` where no answer comes.
    func post(
        _ parts: [[UInt8]],
        to url: String,
        headers: [String],
        isRepeatable: Bool = true,
        consume: ((Span<UInt8>) -> Void)? = nil
    ) throws(HTTPFailure) -> HTTPAnswer {
        let body = Body(parts, isRepeatable: isRepeatable)
        set(CURLOPT_POST, 1)
        unsafe ccurl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        let context = unsafe Unmanaged.passUnretained(body).toOpaque()
        unsafe ccurl_set_pointer(handle, CURLOPT_READDATA, context)
        unsafe ccurl_set_pointer(handle, CURLOPT_SEEKDATA, context)
        // Without the line, the library asks before a large body whether it may send it, and waits for a second.
        let result = perform(url, headers: headers + ["Expect:"], consume)
        withExtendedLifetime(body) {}
        return try result.get()
    }

    /// Asks for something, and waits for the answer.
    ///
    /// - Parameters:
    ///   - url: where.
    ///   - headers: further lines of the request.
    ///   - consume: given the answer piece by piece if the status is that of success; nil to have it as text.
    /// - Returns: the answer, whatever its status.
    /// - Throws: ``HTTPFailure`` where no answer comes.
    func get(
        _ url: String,
        headers: [String],
        consume: ((Span<UInt8>) -> Void)? = nil
    ) throws(HTTPFailure) -> HTTPAnswer {
        set(CURLOPT_HTTPGET, 1)
        return try perform(url, headers: headers, consume).get()
    }

    private func perform(
        _ url: String,
        headers: [String],
        _ consume: ((Span<UInt8>) -> Void)?
    ) -> Result<HTTPAnswer, HTTPFailure> {
        let receiver = Receiver(consume) { [unowned self] in 200..<300 ~= status }
        var list: UnsafeMutablePointer<curl_slist>?
        for header in headers { unsafe list = ccurl_slist_append(list, header) }
        defer { unsafe ccurl_slist_free_all(list) }
        unsafe ccurl_set_pointer(handle, CURLOPT_HTTPHEADER, list)
        set(CURLOPT_URL, url)
        unsafe ccurl_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(receiver).toOpaque())
        unsafe ccurl_set_pointer(handle, CURLOPT_HEADERDATA, Unmanaged.passUnretained(receiver).toOpaque())
        unsafe reason[0] = 0
        let code = withExtendedLifetime(receiver) { unsafe ccurl_easy_perform(handle) }
        guard code == CURLE_OK else {
            let text = unsafe String(
                cString: reason[0] == 0 ? ccurl_easy_strerror(code) : UnsafePointer(reason.baseAddress!)
            )
            return .failure(
                HTTPFailure(
                    reason: text,
                    isLasting: Self.lasting.contains(code.rawValue),
                    isUnsent: Self.early.contains(code.rawValue)
                )
            )
        }
        var seconds: curl_off_t = 0
        unsafe ccurl_get_size(handle, CURLINFO_RETRY_AFTER, &seconds)
        return .success(
            HTTPAnswer(
                status: status,
                text: String(decoding: receiver.text, as: UTF8.self),
                head: receiver.head.map { String($0.prefix { !$0.isNewline }) },
                retrySeconds: seconds > 0 ? Double(seconds) : nil
            )
        )
    }

    private var status: Int {
        var code = 0
        unsafe ccurl_get_long(handle, CURLINFO_RESPONSE_CODE, &code)
        return code
    }

    private func set(_ option: CURLoption, _ value: Int) { unsafe ccurl_set_long(handle, option, value) }

    private func set(_ option: CURLoption, _ value: String) {
        unsafe value.withCString { _ = unsafe ccurl_set_pointer(handle, option, $0) }
    }

    /// Failures that come again: what was asked for does not exist.
    private static let lasting: Set<UInt32> = [
        CURLE_UNSUPPORTED_PROTOCOL.rawValue, CURLE_URL_MALFORMAT.rawValue, CURLE_COULDNT_RESOLVE_HOST.rawValue,
        CURLE_PEER_FAILED_VERIFICATION.rawValue,
    ]

    /// Failures before there is a connection.
    private static let early = lasting.union([CURLE_COULDNT_CONNECT.rawValue, CURLE_SSL_CONNECT_ERROR.rawValue])
}
