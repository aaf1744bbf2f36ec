// swift-tools-version: 6.2

import PackageDescription

/// Settings of every Swift target; each line has its reason.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    // A warning that nobody must act on is one that nobody reads.
    .treatAllWarnings(as: .error),
    // Dynamic dispatch is visible where it happens.
    .enableUpcomingFeature("ExistentialAny"),
    // A dependency does not leak into the library's interface by accident.
    .enableUpcomingFeature("InternalImportsByDefault"),
    // A file names every module whose members it uses.
    .enableUpcomingFeature("MemberImportVisibility"),
    // An async function stays on its caller's executor unless it says otherwise.
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Whether live runs and monitoring are built.
///
/// `./setup` leaves them out, as they and the packages that they alone need are a third of the work; everything else builds all.
/// A trait of the package would do the same, but what is built without one would have to be built again with it.
let hasLive = Context.environment["GEN_DATASET_LIVE"] != "no"

/// Something of the live half, or nothing.
func live<Item>(_ items: Item...) -> [Item] { hasLive ? items : [] }

let package = Package(
    name: "gen-dataset",
    products: [
        .library(name: "DatasetGen", targets: ["DatasetGen"]),
        .library(name: "DatasetFormats", targets: ["DatasetFormats"]),
        .library(name: "DatasetFiles", targets: ["DatasetFiles"]),
        .library(name: "DatasetChecks", targets: ["DatasetChecks"]),
        .library(name: "DatasetDelivery", targets: ["DatasetDelivery"]),
        .executable(name: "gen-dataset", targets: ["gen-dataset"]),
    ]
        + live(
            .library(name: "DatasetLive", targets: ["DatasetLive"]),
            .library(name: "DatasetMonitoring", targets: ["DatasetMonitoring"])
        ),
    dependencies: [
        // Commands, options, help, completion scripts and usage errors.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ]
        + live(
            // HTTP/1.1 with limits that belong to a connection, below requests; no framework, whose build would take a fifth of ./setup.
            .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
            // The live database: connections, transactions, busy handling and errors with their codes.
            .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
            // The logger that a program hands to what it runs: it chooses where lines go.
            .package(url: "https://github.com/apple/swift-log", from: "1.16.2")
        ),
    targets: [
        // The events of YAML with their lines and columns.
        .systemLibrary(name: "CYaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        // SHA-256 at 2 GB/s, of which pure Swift reaches a sixth, and signatures.
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        // One call of the C library that Swift's own module leaves out.
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
        // Three times smaller than gzip at the same speed.
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        // PostgreSQL's own client library: its rules for URLs, passwords and encryption are the users'.
        .systemLibrary(name: "CPostgreSQL", providers: [.apt(["libpq-dev"])]),
        // HTTP as databases speak it: TLS, authentication, and connections that stay open, for what is sent to them.
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        // The client libraries of brokers.
        .systemLibrary(name: "CMosquitto", providers: [.apt(["libmosquitto-dev"])]),
        .systemLibrary(name: "CKafka", providers: [.apt(["librdkafka-dev"])]),
        .systemLibrary(name: "CNATS", providers: [.apt(["libnats-dev"])]),
        .target(
            name: "DatasetGen",
            dependencies: ["CYaml"],
            // Unsafe code in the library is marked where it stands.
            swiftSettings: settings + [.strictMemorySafety()]
        ),
        .target(
            name: "DatasetFormats",
            dependencies: ["DatasetGen", "CZlib", "CISAL", "CZstd"],
            swiftSettings: settings + [.strictMemorySafety()]
        ),
        .target(
            name: "DatasetFiles",
            dependencies: [
                "DatasetGen", "DatasetFormats", "CLinux", "CSQLite", "CCrypto",
            ],
            swiftSettings: settings + [.strictMemorySafety()]
        ),
        .target(
            name: "DatasetChecks",
            dependencies: ["DatasetGen", "DatasetFormats", "DatasetFiles", "CSQLite"],
            swiftSettings: settings + [.strictMemorySafety()]
        ),
        .target(
            name: "DatasetDelivery",
            dependencies: [
                "DatasetGen", "DatasetFormats", "DatasetFiles", "CCurl", "CPostgreSQL", "CMosquitto", "CKafka", "CNATS",
            ],
            swiftSettings: settings + [.strictMemorySafety()]
        ),
        .executableTarget(
            name: "gen-dataset",
            dependencies: [
                "DatasetGen", "DatasetFormats", "DatasetFiles", "DatasetChecks", "DatasetDelivery", "CLinux",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ] + live("DatasetLive", "DatasetMonitoring", .product(name: "Logging", package: "swift-log")),
            exclude: hasLive ? ["WithoutLive"] : ["Realtime", "Monitoring"],
            // The folder is a link to recipes/, so that the program finds its gallery wherever it is installed.
            resources: [.embedInCode("Recipes")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DatasetGenTests",
            // SQLite itself is what the page builder is held against.
            dependencies: ["DatasetGen", "DatasetFormats", "DatasetFiles", "DatasetChecks", "CSQLite"],
            exclude: ["Fixtures"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CommandLineTests",
            dependencies: ["DatasetGen", "gen-dataset"],
            exclude: ["Readers", "Golden"],
            swiftSettings: settings
        ),
    ]
        + live(
            .target(
                name: "DatasetLive",
                dependencies: [
                    "DatasetGen", "DatasetFormats", "DatasetFiles", "DatasetDelivery", "CSQLite",
                    .product(name: "GRDB", package: "GRDB.swift"),
                    .product(name: "Logging", package: "swift-log"),
                ],
                swiftSettings: settings + [.strictMemorySafety()]
            ),
            .target(
                name: "DatasetMonitoring",
                dependencies: [
                    "DatasetGen", "DatasetFiles",
                    .product(name: "Logging", package: "swift-log"),
                    .product(name: "NIOCore", package: "swift-nio"),
                    .product(name: "NIOPosix", package: "swift-nio"),
                    .product(name: "NIOHTTP1", package: "swift-nio"),
                ],
                resources: [.embedInCode("Dashboard/Page")],
                swiftSettings: settings + [.strictMemorySafety()]
            ),
            // Makes calls of the C library fail, for tests alone.
            .target(name: "FaultInjection", path: "Tests/FaultInjection"),
            // A made-up run, for the tests of the server and for driving it by hand.
            .executableTarget(
                name: "synthetic-monitor",
                dependencies: [
                    "DatasetGen", "DatasetMonitoring",
                    .product(name: "ArgumentParser", package: "swift-argument-parser"),
                    .product(name: "Logging", package: "swift-log"),
                ],
                path: "Tests/SyntheticMonitor",
                swiftSettings: settings
            ),
            .testTarget(
                name: "DatasetMonitoringTests",
                dependencies: [
                    "DatasetGen", "DatasetMonitoring", "synthetic-monitor",
                    .product(name: "Logging", package: "swift-log"),
                ],
                swiftSettings: settings
            ),
            .testTarget(
                name: "DatasetLiveTests",
                dependencies: [
                    "DatasetGen", "DatasetFiles", "DatasetLive", "FaultInjection",
                    .product(name: "GRDB", package: "GRDB.swift"),
                    .product(name: "Logging", package: "swift-log"),
                ],
                swiftSettings: settings
            ),
            .testTarget(
                name: "ExampleTests",
                dependencies: [
                    "DatasetGen", "DatasetFormats", "DatasetFiles", "DatasetChecks", "DatasetLive", "DatasetMonitoring",
                    .product(name: "Logging", package: "swift-log"),
                ],
                // Examples show values that they make no use of.
                swiftSettings: [.swiftLanguageMode(.v6)]
            )
        )
)
