// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

// A package of its own, so that users of the library never build it.
let package = Package(
    name: "benchmarks",
    dependencies: [
        .package(name: "gen-dataset", path: ".."),
        // Repeats, percentiles and comparisons; without its counters of allocations, which slow what is measured.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "generation",
            dependencies: [.product(name: "DatasetGen", package: "gen-dataset")],
            swiftSettings: settings
        ),
        .target(
            name: "KernelRuns",
            dependencies: [
                .product(name: "DatasetGen", package: "gen-dataset"),
                .product(name: "DatasetFormats", package: "gen-dataset"),
                .product(name: "DatasetFiles", package: "gen-dataset"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "encoders",
            dependencies: ["KernelRuns"],
            swiftSettings: settings
        ),
        // The plugin looks for its targets in the folder Benchmarks.
        .executableTarget(
            name: "Kernels",
            dependencies: ["KernelRuns", .product(name: "Benchmark", package: "benchmark")],
            path: "Benchmarks/Kernels",
            swiftSettings: settings,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
    ]
)
