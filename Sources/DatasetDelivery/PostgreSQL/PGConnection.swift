import CPostgreSQL

/// A connection to PostgreSQL through its own client library, which knows URLs, passwords, services and encryption.
///
/// One thread at a time uses it.
@safe
final class PGConnection {
    private let handle: OpaquePointer
    private let secrets: PGSecrets
    /// Host, port and database, without user and password.
    let name: String

    /// Connects.
    ///
    /// - Throws: ``DeliveryError``, transient if another attempt may succeed.
    init(_ url: String) throws(DeliveryError) {
        guard cpq_isAvailable() != 0 else {
            throw DeliveryError(
                .refused,
                "libpq.so.5, the client library of PostgreSQL, is not there (Debian package libpq5)"
            )
        }
        secrets = PGSecrets(url)
        let parameters = [
            ("dbname", url), ("client_encoding", "UTF8"), ("fallback_application_name", "gen-dataset"),
            ("connect_timeout", "15"), ("tcp_user_timeout", "60000"),
        ]
        let opened = unsafe Self.withCStrings(parameters.map(\.0)) { names in
            unsafe Self.withCStrings(parameters.map(\.1)) { values in unsafe cpq_connectdbParams(names, values, 1) }
        }
        guard let opened = unsafe opened else { throw DeliveryError(.refused, "no memory for a connection") }
        unsafe handle = opened
        unsafe name = "\(Self.text(cpq_host(opened))):\(Self.text(cpq_port(opened)))/\(Self.text(cpq_db(opened)))"
        guard unsafe cpq_status(handle) == CONNECTION_OK else {
            let message = secrets.hide(unsafe Self.text(cpq_errorMessage(handle)))
            // What is thrown from here on ends the connection: `deinit` runs.
            throw DeliveryError(Self.kind(ofConnectionFailure: message), message)
        }
        // What the server thinks worth a notice is no news here.
        unsafe cpq_setNoticeProcessor(handle, { _, _ in }, nil)
        try execute(
            "SET datestyle = 'ISO'; SET timezone = 'UTC'; SET extra_float_digits = 1; "
                + "SET standard_conforming_strings = on"
        )
        guard try rows("SHOW server_encoding").first?[0] == "UTF8" else {
            throw DeliveryError(
                .unstorable,
                "the database \(name) is not in UTF8, so that not every name can be stored; create one with "
                    + "ENCODING 'UTF8' TEMPLATE template0"
            )
        }
    }

    deinit { unsafe cpq_finish(handle) }

    /// Server that starts or has no place now is worth waiting for; a wrong password is not.
    private static func kind(ofConnectionFailure message: String) -> DeliveryError.Kind {
        let lasting = [
            "password", "authentication", "does not exist", "invalid", "pg_hba", "not permitted", "could not translate",
            "certificate",
        ]
        return lasting.contains { message.contains($0) } ? .refused : .transient
    }

    /// Executes statements that give no rows, or begin a COPY.
    func execute(_ sql: String) throws(DeliveryError) {
        let result = unsafe cpq_exec(handle, sql)
        defer { unsafe cpq_clear(result) }
        try unsafe check(result)
    }

    /// Ends a transaction.
    ///
    /// - Throws: ``DeliveryError`` also where the server has undone it instead.
    func commit() throws(DeliveryError) {
        let result = unsafe cpq_exec(handle, "COMMIT")
        defer { unsafe cpq_clear(result) }
        try unsafe check(result)
        guard unsafe Self.text(cpq_cmdStatus(result)) == "COMMIT" else {
            throw DeliveryError(.refused, "the server has undone a transaction instead of making it durable")
        }
    }

    /// Undoes a transaction, if there is one.
    func rollback() { _ = try? execute("ROLLBACK") }

    /// The rows of a query as texts; nil is NULL.
    func rows(_ sql: String) throws(DeliveryError) -> [[String?]] {
        let result = unsafe cpq_exec(handle, sql)
        defer { unsafe cpq_clear(result) }
        try unsafe check(result)
        let columns = unsafe cpq_nfields(result)
        return unsafe (0..<cpq_ntuples(result))
            .map { row in
                (0..<columns)
                    .map { column in
                        unsafe cpq_getisnull(result, row, column) == 1
                            ? nil : Self.text(cpq_getvalue(result, row, column))
                    }
            }
    }

    /// Hands the rows of a query on one at a time, so that they never are in memory together.
    func forEachRow(_ sql: String, _ body: ([String?]) -> Void) throws(DeliveryError) {
        guard unsafe cpq_sendQuery(handle, sql) == 1 else { throw lost() }
        unsafe cpq_setSingleRowMode(handle)
        var failure: DeliveryError?
        while let result = unsafe cpq_getResult(handle) {
            defer { unsafe cpq_clear(result) }
            do throws(DeliveryError) { try unsafe check(result) } catch { failure = failure ?? error }
            let columns = unsafe cpq_nfields(result)
            for row in unsafe 0..<cpq_ntuples(result) {
                body(
                    (0..<columns)
                        .map { column in
                            unsafe cpq_getisnull(result, row, column) == 1
                                ? nil : Self.text(cpq_getvalue(result, row, column))
                        }
                )
            }
        }
        if let failure { throw failure }
    }

    /// Sends bytes of the COPY that ``execute(_:)`` has begun.
    func put(_ bytes: [UInt8]) throws(DeliveryError) {
        let isSent = unsafe bytes.withUnsafeBytes { buffer in
            var rest = unsafe buffer.assumingMemoryBound(to: CChar.self)[...]
            while unsafe !rest.isEmpty {
                // Parts that stay in the processor's cache while the library copies them.
                let part = unsafe UnsafeBufferPointer(rebasing: rest.prefix(1 << 16))
                guard unsafe cpq_putCopyData(handle, part.baseAddress, Int32(part.count)) == 1 else { return false }
                unsafe rest = rest.dropFirst(part.count)
            }
            return true
        }
        if !isSent { throw lost() }
    }

    /// Ends a COPY: only now the server says whether it has taken the rows.
    func endCopy() throws(DeliveryError) {
        guard unsafe cpq_putCopyEnd(handle, nil) == 1 else { throw lost() }
        var failure: DeliveryError?
        while let result = unsafe cpq_getResult(handle) {
            defer { unsafe cpq_clear(result) }
            do throws(DeliveryError) { try unsafe check(result) } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
    }

    /// Hands on what a `COPY … TO STDOUT` gives, message by message: in the binary format, a row each.
    func copyOut(_ sql: String, _ body: (UnsafeRawBufferPointer) -> Void) throws(DeliveryError) {
        try execute(sql)
        while true {
            var message: UnsafeMutablePointer<CChar>?
            let count = unsafe cpq_getCopyData(handle, &message, 0)
            guard count > 0 else {
                if count == -2 { throw lost() }
                break
            }
            unsafe body(UnsafeRawBufferPointer(start: message, count: Int(count)))
            unsafe cpq_freemem(message)
        }
        var failure: DeliveryError?
        while let result = unsafe cpq_getResult(handle) {
            defer { unsafe cpq_clear(result) }
            do throws(DeliveryError) { try unsafe check(result) } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
    }

    private func lost() -> DeliveryError {
        // What the server has said before it closed the connection tells more than that it is closed.
        var message = unsafe Self.text(cpq_errorMessage(handle))
        while let result = unsafe cpq_getResult(handle) {
            if unsafe cpq_resultStatus(result) == PGRES_FATAL_ERROR {
                unsafe message = Self.text(cpq_resultErrorMessage(result))
            }
            let isCopy = unsafe cpq_resultStatus(result) == PGRES_COPY_IN
            unsafe cpq_clear(result)
            if isCopy { break }
        }
        return DeliveryError(.transient, secrets.hide(message))
    }

    private func check(_ result: OpaquePointer?) throws(DeliveryError) {
        switch unsafe cpq_resultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE, PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_EMPTY_QUERY:
            return
        default: break
        }
        let state = unsafe cpq_resultErrorField(result, PGError.fieldOfState).map { unsafe String(cString: $0) } ?? ""
        guard unsafe cpq_status(handle) == CONNECTION_OK, !state.isEmpty else {
            throw DeliveryError(.transient, secrets.hide(unsafe Self.text(cpq_errorMessage(handle))))
        }
        let primary = unsafe Self.text(cpq_resultErrorField(result, PGError.fieldOfMessage))
        let detail = unsafe Self.text(cpq_resultErrorField(result, PGError.fieldOfDetail))
        throw DeliveryError(
            PGError.kind(of: state),
            secrets.hide(primary + (detail.isEmpty ? "" : ": " + detail) + " (SQLSTATE \(state))")
        )
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
        guard let pointer = unsafe pointer else { return "" }
        return unsafe String(cString: pointer).split(whereSeparator: \.isNewline).joined(separator: "; ")
            .replacing("\t", with: " ")
    }

    private static func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
        guard let pointer = unsafe pointer else { return "" }
        return unsafe String(cString: pointer)
    }

    /// Texts as C has lists of them, ended by NULL.
    private static func withCStrings<Result>(
        _ texts: [String],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        var bytes: [CChar] = []
        var offsets: [Int] = []
        for text in texts {
            offsets.append(bytes.count)
            bytes += text.utf8CString
        }
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            let base = buffer.baseAddress
            let pointers: [UnsafePointer<CChar>?] =
                unsafe offsets.map { offset in unsafe base.map { unsafe $0 + offset } } + [nil]
            return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress!) }
        }
    }
}
