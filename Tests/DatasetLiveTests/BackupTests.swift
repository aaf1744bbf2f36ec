import DatasetGen
import DatasetLive
import Foundation
import Testing

@Suite("Backups of a live database") struct BackupTests {
    private static let recipe = "dataset: {seed: 3, start: 2026-05-01, duration: 10h}\nsimulation: {interval: 10m}"

    private func run(
        _ fixture: LiveFixture,
        _ folder: String,
        from begin: String = "2026-05-01T12:00:00",
        hours: Double
    )
        throws
    {
        // Time for the thread that copies.
        let clock = ManualClock(begin) { _ in usleep(10_000) }
        var options = LiveOptions()
        let end = clock.now().microseconds + Int64(hours * 3.6e9)
        options.isStopRequested = { clock.now().microseconds >= end }
        var recipe = Self.recipe
        recipe +=
            "\ndatabase: {backup_enabled: true, backup_path: '\(folder)', max_backups: 2, backup_interval_hours: 1}"
        _ = try fixture.run(recipe, clock: clock, options: options)
        usleep(50_000)
    }

    @Test("in the folder of the database: nothing but its own backups goes, over restarts")
    func neighbours() throws {
        let fixture = try LiveFixture()
        let names = [
            "live-20200101T000000Z.db", "live-2019-archive.db", "live-east.db", "live-west.db", "live-backup.db",
            "live-backup-20200101T000000Z.db", "live-backup-20200101T000000Z-00000000.db", "live-backup-notes.db",
            "live-damaged-20200101T000000Z.db", "live-backup-20200101T000000Z-00000000.db.partial",
        ]
        for name in names { try fixture.write(name, to: name) }
        try run(fixture, fixture.folder, hours: 4.5)
        try run(fixture, fixture.folder, from: "2026-05-01T16:31:00", hours: 4.4)
        let left = try fixture.names()
        #expect(Set(left).isSuperset(of: names))
        for name in names { #expect(try fixture.text(name) == name) }
        let marks: [String] = try fixture.values("SELECT value FROM dataset WHERE key = 'run'")
        let mark = try #require(marks.first)
        let own = left.filter { $0.hasSuffix("-\(mark).db") }
        #expect(own.count == 2, "\(own)")
        #expect(
            own.allSatisfy { $0.wholeMatch(of: #/live-backup-20260501T(19|20|21)\d{4}Z-[0-9a-f]{8}\.db/#) != nil },
            "\(own)"
        )
        #expect(Set(left) == Set(names + own + ["live.db"]), "\(left)")
        for copy in own {
            #expect(try fixture.values("PRAGMA quick_check", of: fixture.folder + "/" + copy) == ["ok"])
        }
    }

    @Test("of two runs in one folder do not prune each other")
    func shared() throws {
        let (first, second) = (try LiveFixture(), try LiveFixture())
        let folder = first.folder + "/backups"
        try run(first, folder, hours: 3.5)
        try run(second, folder, hours: 3.5)
        try run(first, folder, from: "2026-05-01T15:31:00", hours: 3.4)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.count == 4, "\(names)")
        #expect(Set(names.map { $0.suffix(11) }).count == 2)
    }

    @Test("whose process was killed are taken away, but only this run's")
    func remains() throws {
        let fixture = try LiveFixture()
        try run(fixture, fixture.folder + "/backups", hours: 1.5)
        let marks: [String] = try fixture.values("SELECT value FROM dataset WHERE key = 'run'")
        let mark = try #require(marks.first)
        let (own, other) = (
            "live-backup-20260501T000000Z-\(mark).db.partial", "live-backup-20260501T000000Z-0badcafe.db.partial"
        )
        for name in [own, other] { try fixture.write("half", to: "backups/" + name) }
        try run(fixture, fixture.folder + "/backups", from: "2026-05-01T13:31:00", hours: 1.5)
        let names = try FileManager.default.contentsOfDirectory(atPath: fixture.folder + "/backups")
        #expect(!names.contains(own) && names.contains(other), "\(names)")
    }
}
