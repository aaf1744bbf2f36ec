/// Section `splits`.
struct SplitsSection: Sendable {
    var basis: Stated<SplitParameters.Basis>?
    var validationFrom: Stated<Int64>?
    var testFrom: Stated<Int64>?
    var validationShare: Stated<Double>?
    var testShare: Stated<Double>?
    var firstFold: Stated<Int64>?
    var fold: Stated<Int64>?
    var embargo: Stated<Int64>?
    var isNormalOnly: Stated<Bool>?
    var seed: Stated<UInt64>?
    var hasFiles: Stated<Bool>?

    static let definition = SectionDefinition(
        name: "splits",
        summary: "Which readings are for training, for validation and for the test: the column `split`, and the "
            + "figures of each part in the manifest. No event is in two parts. Readings in no part have NULL.",
        fields: [
            Field(
                "by",
                \.basis,
                .choice,
                default: "time",
                "What decides: `time`, `sensor`, `city` (of one weather), or `forward`: folds of time."
            ),
            Field(
                "validation_from",
                \.validationFrom,
                .duration,
                "By time: from the start of the run to that of `validation`; without it there is no such part."
            ),
            Field(
                "test_from",
                \.testFrom,
                .duration,
                "By time, and needed there: from the start of the run to that of `test`. `train` is what is before."
            ),
            Field(
                "validation_share",
                \.validationShare,
                .number(share),
                "By sensor or city: their expected share in `validation`; without it there is no such part."
            ),
            Field(
                "test_share",
                \.testShare,
                .number(share),
                default: "0.2",
                "By sensor or city: their expected share in `test`. Each is drawn by itself, so that a larger fleet keeps it."
            ),
            Field("fold", \.fold, .duration, "Forward, and needed there: how long `fold_01` and those behind it are."),
            Field(
                "first_fold",
                \.firstFold,
                .duration,
                default: "fold",
                "Forward: how long `fold_00` is, with which training begins."
            ),
            Field(
                "embargo",
                \.embargo,
                .offset,
                default: "0s",
                "By time and forward: how long, where a part begins, readings are in none; at least a window of whoever learns."
            ),
            Field(
                "normal_only",
                \.isNormalOnly,
                .bool,
                default: "false",
                "Whether `train` has normal readings alone; its anomalous ones are then in no part. Not forward."
            ),
            Field("seed", \.seed, .seed, default: "0", "By sensor or city: another number draws others."),
            Field(
                "files",
                \.hasFiles,
                .bool,
                default: "false",
                "CSV, JSON Lines and Parquet: a file for each part, such as `readings-train.csv.gz`, instead of the column. Readings "
                    + "in no part are in none."
            ),
        ],
        empty: { SplitsSection() }
    )

    private static let share = Bounds(minimum: 0, maximum: 0.9, excludesMinimum: true)
}
