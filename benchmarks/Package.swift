// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that users of the library never build it.
let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "gen-dataset", path: "..")],
    targets: [
        .executableTarget(
            name: "generation",
            dependencies: [.product(name: "DatasetGen", package: "gen-dataset")],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
        )
    ]
)
