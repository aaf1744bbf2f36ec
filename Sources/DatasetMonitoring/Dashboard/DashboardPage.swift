import DatasetFiles
import DatasetGen
import NIOHTTP1

/// The one page: its HTML, style and script are files of their own and become one text here.
struct DashboardPage: Sendable {
    static let shared = DashboardPage()

    let html: [UInt8]
    /// Header fields that allow this script and this style and no others.
    let securityHeaders: HTTPHeaders

    private init() {
        let style = String(decoding: PackageResources.dashboard_css, as: UTF8.self)
        let script = Self.script
        let frame = String(decoding: PackageResources.dashboard_html, as: UTF8.self)
        let page = Self.filled(
            frame,
            ["<!-- style -->": "<style>\(style)</style>", "<!-- script -->": "<script>\(script)</script>"]
        )
        html = Array(page.utf8)
        securityHeaders = SecurityHeaders.page(script: Self.source(script), style: Self.source(style))
    }

    /// The parts of the script, each of which may use those before it, in a scope of their own.
    private static var script: String {
        let parts = [
            PackageResources.format_js, PackageResources.elements_js, PackageResources.labels_js,
            PackageResources.client_js, PackageResources.link_js, PackageResources.series_js,
            PackageResources.limit_js, PackageResources.plot_js, PackageResources.state_plot_js,
            PackageResources.fleet_js, PackageResources.chooser_js, PackageResources.panels_js,
            PackageResources.export_js, PackageResources.away_js, PackageResources.main_js,
        ]
        return "\"use strict\";\n{\n" + parts.map { String(decoding: $0, as: UTF8.self) }.joined() + "}\n"
    }

    /// The frame with the text that belongs at each mark.
    private static func filled(_ frame: String, _ parts: KeyValuePairs<String, String>) -> String {
        frame.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in
                parts.first { line.drop { $0 == " " } == $0.key }?.value ?? String(line)
            }
            .joined(separator: "\n")
    }

    /// The text as Content Security Policy names it: `sha256-` and the digest in base64.
    private static func source(_ text: String) -> String {
        "sha256-" + Base64.text(SHA256.hash(data: Array(text.utf8)))
    }
}
