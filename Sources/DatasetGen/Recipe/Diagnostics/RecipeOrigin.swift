/// Where a value of a recipe was stated.
public enum RecipeOrigin: Hashable, Sendable {
    /// In a file; line and column count from 1, the column in Unicode scalars.
    case file(name: String, line: Int, column: Int)
    /// In an environment variable.
    case environment(variable: String)
    /// In an option of the command line, such as `--seed` or `--set anomalies.probability`.
    case option(String)

    /// Which statement of a value stands when several state it: the greater strength.
    ///
    /// An option beats the environment, which beats a file.
    var strength: Int {
        switch self {
        case .file: 0
        case .environment: 1
        case .option: 2
        }
    }
}

extension RecipeOrigin: CustomStringConvertible {
    /// `recipe.yaml:12:5`, `SENSOR_INTERVAL` or `--seed`.
    public var description: String {
        switch self {
        case .file(let name, let line, let column): "\(name):\(line):\(column)"
        case .environment(let variable): variable
        case .option(let option): option
        }
    }
}
