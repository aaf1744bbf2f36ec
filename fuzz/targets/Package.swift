// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that users of the library never build it. `fuzz/run` adds the flags of sanitizer and coverage,
// which every module needs, those of the library included.
/// The library's name among packages, which SwiftPM makes of its folder's: the targets see its package-wide declarations, as
/// its own tests do.
let library = Context.packageDirectory.split(separator: "/").dropLast(2).last!.lowercased().map {
    $0.isLetter || $0.isNumber ? $0 : "_"
}

let package = Package(
    name: "fuzz-targets",
    dependencies: [.package(name: "gen-dataset", path: "../..")],
    targets: [
        .executableTarget(
            name: "Fuzzing",
            dependencies: ["DatasetGen", "DatasetFormats", "DatasetFiles", "DatasetChecks"]
                .map { .product(name: $0, package: "gen-dataset") },
            // The name of this package would come behind that of the library.
            packageAccess: false,
            swiftSettings: [
                .swiftLanguageMode(.v6), .treatAllWarnings(as: .error),
                .unsafeFlags(["-package-name", String(library)]),
            ]
        )
    ]
)
