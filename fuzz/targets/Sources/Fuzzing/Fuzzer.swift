/// libFuzzer's loop: calls `body` with one input after the other.
@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The target that reads the inputs; it is chosen before there are any.
nonisolated(unsafe) private var chosen: any FuzzTarget = RecipeTarget()

/// Reads an input; under this name the runtime of the sanitizer looks for it, though it is handed over too.
@_cdecl("LLVMFuzzerTestOneInput")
func readInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    chosen.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// The target of a name; nil if there is none.
private func target(named name: String) -> (any FuzzTarget)? {
    switch name {
    case RecipeTarget.name: RecipeTarget()
    case IdentityTarget.name: IdentityTarget()
    case ManifestTarget.name: ManifestTarget()
    case ReadingsTarget.name: ReadingsTarget()
    case PagesTarget.name: PagesTarget()
    case RowsTarget.name: RowsTarget()
    case RecordingTarget.name: RecordingTarget()
    default: nil
    }
}

/// `FUZZ_TARGET=recipe Fuzzing [options of libFuzzer] [corpus …]`.
///
/// libFuzzer starts processes of its own by the arguments that it gets: the target is none of them.
@main
enum Fuzzer {
    static func main() {
        guard let name = getenv("FUZZ_TARGET"), let target = target(named: String(cString: name)) else {
            fail("FUZZ_TARGET is to be recipe, identity, manifest, readings, recording, pages or rows")
        }
        chosen = target
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        exit(runDriver(&count, &arguments, readInput))
    }
}
