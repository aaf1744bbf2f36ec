/// This program, as manifests name it.
public enum Generator {
    /// The name.
    package static let name = "gen-dataset"
    /// The version; data of one seed change only with its first two numbers.
    public static let version = "0.3.0"
}
