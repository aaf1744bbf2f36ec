import DatasetGen

/// A recipe in the making: what five questions ask for, and the commented YAML that says it.
struct RecipeDraft {
    /// The dataset's name.
    let name: String
    /// The recipe's file, as commands in its comments name it.
    let file: String
    var metrics = ["temperature", "humidity"]
    var sensors = "10"
    var interval = "10s"
    var duration = "1d"
    /// Of the readings that are anomalous, from 0 to 1.
    var share = "0.05"

    init(name: String, file: String) { (self.name, self.file) = (name, file) }

    /// The line that names a dataset, such as `name: "null"`: YAML takes some names for something else.
    static func nameLine(of name: String) -> String { String(YAMLText("name", .string(name)).text.dropLast()) }

    /// A metric that is named twice; nil if none is.
    var repeatedMetric: String? {
        metrics.enumerated().first { metrics[..<$0.offset].contains($0.element) }?.element
    }

    var text: String {
        """
        # \(name): written by gen-dataset init. What is left out has a default; gen-dataset recipes schema --example has all keys.
        #
        #   gen-dataset recipes check \(file)
        #   gen-dataset recipe \(file)

        dataset:
          \(Self.nameLine(of: name))
          seed: 0 # another seed is another draw of the same fleet
          start: 2025-01-01T00:00:00Z
          duration: \(duration)

        simulation:
          interval: \(interval) # how often each sensor reports

        replicas: # sensors that are alike
          count: \(sensors)
          prefix: SENSOR

        random_location: # where they are; gen-dataset recipes cities lists the cities
          enabled: true
          number_of_cities: 5

        climate: normal_parameters # city: temperature, humidity and pressure follow season, latitude and elevation

        metrics: # what each measures, in the order of the columns
        \(metrics.map(Self.lines).joined(separator: "\n"))

        anomalies:
          probability: \(share) # their share of the readings
          types: # weights are parts of it
            spike: {weight: 0.4}
            trend: {weight: 0.2, duration: 10m}
            pattern: {weight: 0.1, duration: 10m}
            missing_data: {weight: 0.1, duration: 2m}
            noise: {weight: 0.2, duration: 5m}

        outputs: [csv] # also: parquet, sqlite, jsonl, arrow, influx, clickhouse, pgcopy, openmetrics

        """
    }

    /// A metric's lines; numbers of one that is not standard are to be filled in.
    private static func lines(of metric: String) -> String {
        if StandardMetric.allCases.contains(where: { $0.name == metric }) { return "  \(metric): {}" }
        return """
              \(metric): # one of your own; docs/metrics.md has counters, states, cycles and formulas
                unit: "1" # such as ppm, % or bar
                mean: 50
                std_dev: 10
                resolution: 0.1
            """
    }
}

/// Asks for what a recipe needs, one question after the other.
struct RecipeInterview {
    private struct Question {
        let text: String
        let suggestion: String
        let answer: (inout RecipeDraft, String) -> Void
    }

    private let questions = [
        Question(text: "What does a sensor measure?", suggestion: "temperature, humidity") { draft, text in
            draft.metrics = text.split(separator: ",")
                .map { $0.split(separator: " ").joined(separator: "_").lowercased() }
        },
        Question(text: "How many sensors are there?", suggestion: "10") { $0.sensors = $1 },
        Question(text: "How often does each report?", suggestion: "10s") { $0.interval = $1 },
        Question(text: "For how long?", suggestion: "1d") { $0.duration = $1 },
        Question(text: "Which share of the readings is anomalous?", suggestion: "5 %") { draft, text in
            let digits = text.filter { $0 != " " && $0 != "%" }
            draft.share = text.contains("%") ? Double(digits).map { ($0 / 100).description } ?? text : text
        },
    ]

    /// Completes a draft by the answers of whoever is asked: no answer takes what is suggested, and a wrong one is asked for again.
    ///
    /// - Parameters:
    ///   - draft: what is completed; sound as it is.
    ///   - ask: puts a question, and gives the line that is the answer; nil at the end of the input.
    ///   - isPatient: whether to ask again.
    /// - Throws: ``Failure`` for a wrong answer that is not asked for again.
    func complete(_ draft: inout RecipeDraft, ask: (String) -> String?, isPatient: Bool) throws(Failure) {
        for question in questions {
            while true {
                let line = ask("\(question.text) [\(question.suggestion)] ") ?? ""
                var next = draft
                question.answer(&next, line.allSatisfy(\.isWhitespace) ? question.suggestion : line)
                guard let problem = Self.problem(with: next) else {
                    draft = next
                    break
                }
                guard isPatient else { throw Failure("\(question.text) \(problem)", status: .invalidRecipe) }
                Console.note(problem)
            }
        }
    }

    /// What is wrong with a draft; nil if nothing is.
    private static func problem(with draft: RecipeDraft) -> String? {
        // Nobody has seen the lines of a draft that a reader would name.
        if let metric = draft.repeatedMetric { return "\(metric.quoted) is named twice" }
        do throws(RecipeErrors) {
            _ = try RecipeReader().read(draft.text, source: draft.file, defaultName: draft.name)
            return nil
        } catch { return error.diagnostics[0].message }
    }
}
