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
    default: nil
    }
}

/// `Fuzzing TARGET [options of libFuzzer] [corpus …]`.
@main
enum Fuzzer {
    static func main() {
        guard CommandLine.arguments.count > 1, let target = target(named: CommandLine.arguments[1]) else {
            fail("the targets are recipe, identity, manifest, readings and pages")
        }
        chosen = target
        // The name takes the place of the program's own, which libFuzzer ignores.
        var count = CommandLine.argc - 1
        var arguments = CommandLine.unsafeArgv.advanced(by: 1)
        exit(runDriver(&count, &arguments, readInput))
    }
}
