import DatasetGen

/// The name of a backup, which says of which database, of which run, and of when it is:
/// `sensor_data-backup-20260501T120000Z-1f2e3d4c.db`.
struct BackupName: Hashable {
    /// The name while the copy is being made.
    static let partialEnding = ".partial"

    /// The name.
    let text: String
    /// The date in it; texts compare as dates do.
    let date: Substring

    /// The name of a new backup.
    init(of database: String, run: String, at instant: SimulatedTime) {
        let (stem, ending) = DatabaseFiles.stem(of: database)
        let date = instant.text.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
        text = "\(stem)-backup-\(date)-\(run)\(ending)"
        self.date = date[...]
    }

    /// A name that a backup of this database by this run has; nil for every other name.
    init?(parsing name: String, of database: String, run: String) {
        let (stem, ending) = DatabaseFiles.stem(of: database)
        let (head, tail) = (stem + "-backup-", "-\(run)\(ending)")
        guard LiveContents.isRun(run), name.utf8.starts(with: head.utf8),
            name.utf8.count == head.utf8.count + 16 + tail.utf8.count, name.hasSuffix(tail)
        else { return nil }
        let date = name.dropFirst(head.count).prefix(16)
        let isDate = date.enumerated()
            .allSatisfy { index, character in
                switch index {
                case 8: character == "T"
                case 15: character == "Z"
                default: character.isASCII && character.isNumber
                }
            }
        guard isDate else { return nil }
        (text, self.date) = (name, date)
    }
}
