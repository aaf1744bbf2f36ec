// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that users of the library never build it. `fuzz/run` adds the flags of sanitizer and coverage,
// which every module needs, those of the library included.
let package = Package(
    name: "fuzz-targets",
    dependencies: [.package(name: "gen-dataset", path: "../..")],
    targets: [
        .executableTarget(
            name: "Fuzzing",
            dependencies: [.product(name: "DatasetGen", package: "gen-dataset")],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
        )
    ]
)
