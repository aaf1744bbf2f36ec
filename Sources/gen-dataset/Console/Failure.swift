import ArgumentParser
import DatasetFiles
import DatasetGen

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// An error that says itself what status the process exits with.
protocol StatedError: Error, CustomStringConvertible {
    var status: ExitStatus { get }
}

/// How a command ends without success: what it says, and the status it exits with.
struct Failure: Error {
    /// One line each, without the leading `error: `.
    var messages: [String]
    /// The process's status.
    var status: ExitStatus
    /// The findings about a recipe that the messages are made of, if they are.
    var diagnostics: [RecipeDiagnostic] = []

    init(_ message: String, status: ExitStatus) {
        messages = [message]
        self.status = status
    }

    init(messages: [String], status: ExitStatus) {
        self.messages = messages
        self.status = status
    }

    /// Ends the process: the messages on standard error and, with `--json`, as one object on standard output.
    func end() -> Never {
        for message in messages { Console.note("error: " + message) }
        if !messages.isEmpty, GivenOptions.current.asksForJSON, !Console.hasWrittenJSON {
            Console.json(["error": ["status": .integer(status.rawValue), "findings": .array(findings)]])
        }
        exit(status.rawValue)
    }

    private var findings: [JSONValue] {
        diagnostics.isEmpty ? messages.map { ["message": .string($0)] } : diagnostics.map(\.json)
    }
}

extension Failure: CustomStringConvertible {
    /// The messages on one line, where an error is part of another.
    var description: String { messages.joined(separator: "; ") }
}

extension Failure {
    /// What an error of any origin means to the user; `usage` renders errors of the command line and requests for help.
    init(_ error: any Error, usage: (any Error) -> String) {
        switch error {
        case let failure as Failure: self = failure
        case let error as InputError: self.init(error)
        case let error as RecipeErrors:
            self.init(
                messages: error.diagnostics.map(\.description),
                status: error.isMissingInput ? .inputNotFound : .invalidRecipe
            )
            diagnostics = error.diagnostics
        case let error as FileError:
            self.init(error)
        case let error as any StatedError: self.init(error.description, status: error.status)
        default: self = Self.ofCommandLine(error, usage: usage)
        }
    }

    private init(_ error: FileError) {
        let status: ExitStatus = error.isCreation ? .cannotCreate : .ioError
        self.init(error.description, status: error.isOutOfMemory ? .systemError : status)
    }

    private static func ofCommandLine(_ error: any Error, usage: (any Error) -> String) -> Failure {
        let code = GenDataset.exitCode(for: error)
        if code == .success {
            Console.result(usage(error))
            return Failure(messages: [], status: .done)
        }
        guard code == .validationFailure else {
            return Failure("unexpected: \(error)", status: .defect)
        }
        let message = GenDataset.message(for: error).replacing("\n", with: " ")
        return Failure(message + "; see gen-dataset --help", status: .wrongUsage)
    }
}

extension RecipeDiagnostic {
    /// Where, which key and what, for programs.
    fileprivate var json: JSONValue {
        var members: [JSONValue.Member] = []
        func add(_ key: String, _ value: JSONValue) { members.append(JSONValue.Member(key: key, value: value)) }
        switch origin {
        case .file(let name, let line, let column):
            add("file", .string(name))
            add("line", .integer(line))
            add("column", .integer(column))
        case .environment(let variable): add("variable", .string(variable))
        case .option(let option): add("option", .string(option))
        case nil: break
        }
        if !keyPath.isEmpty { add("key", .string(keyPath)) }
        add("message", .string(message))
        return .object(members)
    }
}
