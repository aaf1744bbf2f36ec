import HTTPTypes

/// Header fields that tell browsers to be careful.
enum SecurityHeaders {
    /// Of every answer but the page.
    static let data = common(policy: "default-src 'none'; frame-ancestors 'none'")

    /// Of the page: its own script and style by their hashes, data from this server, and nothing else.
    static func page(script: String, style: String) -> HTTPFields {
        common(
            policy: [
                "default-src 'none'", "script-src '\(script)'", "style-src '\(style)'", "connect-src 'self'",
                "img-src data:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
                "require-trusted-types-for 'script'", "trusted-types 'none'",
            ]
            .joined(separator: "; ")
        )
    }

    private static func common(policy: String) -> HTTPFields {
        [
            .contentSecurityPolicy: policy,
            .xContentTypeOptions: "nosniff",
            .cacheControl: "no-store",
            HTTPField.Name("Referrer-Policy")!: "no-referrer",
            HTTPField.Name("X-Frame-Options")!: "DENY",
            HTTPField.Name("Cross-Origin-Resource-Policy")!: "same-origin",
            HTTPField.Name("Permissions-Policy")!: "camera=(), geolocation=(), microphone=()",
        ]
    }
}
