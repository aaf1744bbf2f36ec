extension RecipeResolver {
    /// The parts into which readings are split; nil for none.
    mutating func splits(on grid: TickGrid) -> SplitParameters? {
        guard let stated = section.splits else { return nil }
        let section = stated.value
        let basis = section.basis?.value ?? .time
        refuseForeignKeys(of: section, basis)
        var splits = SplitParameters(basis: basis, parts: [])
        splits.embargo = section.embargo?.value ?? 0
        splits.isNormalOnly = section.isNormalOnly?.value ?? false
        splits.seed = section.seed?.value ?? 0
        splits.fold = section.fold?.value
        splits.hasFiles = section.hasFiles?.value ?? false
        switch basis {
        case .time:
            guard let test = needed(section.testFrom, "test_from", by: basis, stated) else { return nil }
            splits.cuts = [section.validationFrom, test].compactMap { $0?.value }
            splits.parts = Self.parts(withValidation: section.validationFrom != nil)
            checkCuts([section.validationFrom, test].compactMap(\.self), splits.embargo, on: grid)
        case .sensor, .city:
            let test = section.testShare?.value ?? SplitParameters.defaultTestShare
            splits.shares = [section.validationShare?.value, test].compactMap(\.self)
            splits.parts = Self.parts(withValidation: section.validationShare != nil)
            if let larger = section.testShare ?? section.validationShare, splits.shares.reduce(0, +) > 0.95 {
                decoder.report(
                    "validation and test take more than 0.95 together, and leave nothing to train on",
                    about: larger
                )
            }
        case .forward:
            guard let fold = needed(section.fold, "fold", by: basis, stated) else { return nil }
            splits.cuts = folds(fold, first: section.firstFold ?? fold, splits.embargo, on: grid)
            splits.parts = (0...splits.cuts.count).map { SplitParameters.fold($0) }
        }
        return splits
    }

    /// Reports files of parts where no output has them.
    mutating func checkSplitFiles(of recipe: Recipe) {
        guard let stated = section.splits?.value.hasFiles, stated.value, decoder.isSound("outputs"),
            !recipe.outputs.contains(where: \.isSplit)
        else { return }
        decoder.report("no output has a file for each part; csv, jsonl and parquet do", about: stated)
    }

    private static func parts(withValidation: Bool) -> [String] {
        [SplitParameters.training] + (withValidation ? [SplitParameters.validation] : []) + [SplitParameters.test]
    }

    /// A key without which there are no parts.
    private mutating func needed<Value>(
        _ value: Stated<Value>?,
        _ name: String,
        by basis: SplitParameters.Basis,
        _ section: Stated<SplitsSection>
    ) -> Stated<Value>? {
        let path = "splits.\(name)"
        if value == nil, decoder.isSound(path) {
            decoder.report("\(name) is missing; by \(basis.rawValue) it is needed", at: section.origin, path: path)
        }
        return value
    }

    /// Reports keys that mean nothing for what decides.
    private mutating func refuseForeignKeys(of section: SplitsSection, _ basis: SplitParameters.Basis) {
        func place<Value>(_ stated: Stated<Value>?) -> Stated<Void>? { stated.map { $0.map { _ in () } } }
        let uses: [(Stated<Void>?, [SplitParameters.Basis])] = [
            (place(section.validationFrom), [.time]),
            (place(section.testFrom), [.time]),
            (place(section.validationShare), [.sensor, .city]),
            (place(section.testShare), [.sensor, .city]),
            (place(section.firstFold), [.forward]),
            (place(section.fold), [.forward]),
            (place(section.embargo), [.time, .forward]),
            (place(section.isNormalOnly), [.time, .sensor, .city]),
            (place(section.seed), [.sensor, .city]),
        ]
        for (stated, owners) in uses {
            guard let stated, !owners.contains(basis) else { continue }
            let names = owners.map(\.rawValue).joined(separator: " or ")
            decoder.report("means nothing by \(basis.rawValue); it is for splits by \(names)", about: stated)
        }
    }

    /// Reports parts that would have no reading.
    private mutating func checkCuts(_ cuts: [Stated<Int64>], _ embargo: Int64, on grid: TickGrid) {
        guard decoder.isSound("dataset"), decoder.isSound("splits") else { return }
        let length = grid.end.microseconds - grid.start.microseconds
        for (cut, next) in zip(cuts, cuts.dropFirst().map(\.value) + [length]) where cut.value + embargo >= next {
            let name = next == length ? "the end of the run" : "test_from"
            let behind = embargo == 0 ? "" : " with the embargo of \(DurationText.text(ofMicroseconds: embargo))"
            decoder.report(
                "\(DurationText.text(ofMicroseconds: cut.value))\(behind) is not before \(name), at "
                    + DurationText.text(ofMicroseconds: next),
                about: cut
            )
        }
    }

    /// Where folds begin, but for the first.
    private mutating func folds(
        _ fold: Stated<Int64>,
        first: Stated<Int64>,
        _ embargo: Int64,
        on grid: TickGrid
    ) -> [Int64] {
        guard decoder.isSound("dataset"), decoder.isSound("splits") else { return [] }
        let length = grid.end.microseconds - grid.start.microseconds
        if embargo >= fold.value {
            decoder.report("a fold is not longer than the embargo, which leaves nothing of it", about: fold)
            return []
        }
        if first.value + embargo >= length {
            decoder.report(
                "\(DurationText.text(ofMicroseconds: first.value)) leaves nothing behind the first fold: the run has "
                    + DurationText.text(ofMicroseconds: length),
                about: first
            )
            return []
        }
        let count = (length - first.value - 1) / fold.value + 2
        guard count <= SplitParameters.maximumFoldCount else {
            decoder.report(
                "there would be \(count.grouped) folds; at most \(SplitParameters.maximumFoldCount) are possible",
                about: fold
            )
            return []
        }
        // A last fold of nothing but its embargo is none.
        return (0..<count - 1).map { first.value + $0 * fold.value }.filter { $0 + embargo < length }
    }
}
