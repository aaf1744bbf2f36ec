import NIOHTTP1

/// Header fields that tell browsers to be careful.
enum SecurityHeaders {
    /// Of every answer but the page.
    static let data = common(policy: "default-src 'none'; frame-ancestors 'none'")

    /// Of the page: its own script and style by their hashes, data from this server, and nothing else.
    static func page(script: String, style: String) -> HTTPHeaders {
        common(
            policy: [
                "default-src 'none'", "script-src '\(script)'", "style-src '\(style)'", "connect-src 'self'",
                "img-src data:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
                "require-trusted-types-for 'script'", "trusted-types 'none'",
            ]
            .joined(separator: "; ")
        )
    }

    private static func common(policy: String) -> HTTPHeaders {
        [
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        ]
    }
}
