import DatasetDelivery
import DatasetFiles
import DatasetFormats
import DatasetGen

extension LoadCommand {
    /// Loads, and proves what was loaded.
    func run<Target: DeliveryTarget>(_ target: Target, _ source: LoadSource) async throws {
        let interruption = Interruption()
        let retries = retries(interruption)
        var summary: LoadSummary?
        if !target.canBeProven, verifyOnly || GivenOptions.current.names.contains("--verify"), verify != .none {
            throw Failure("\(target.name) keeps nothing that could be proven; give --verify none", status: .wrongUsage)
        }
        if let limit = target.connectionLimit, let workers, workers > limit {
            throw Failure(
                "\(target.name) is sent to over \(limit == 1 ? "one connection" : "\(limit) connections"): --workers \(limit)",
                status: .wrongUsage
            )
        }
        if source.plan.isInOrderOfArrival, let workers, workers > 1 {
            throw Failure(
                "--workers \(workers): over several connections readings do not stay in the order in which they arrive "
                    + "(delivery.order: arrival): --workers 1",
                status: .wrongUsage
            )
        }
        if verifyOnly {
            try target.find()
        } else {
            let refusals = try errors.map { file throws(Failure) in try RefusalFile(file, goesOn: resume) }
            let done = try target.prepare()
            summary = try await load(target, source.plan, done, interruption, retries, refusals)
        }
        let finishesLoad = !verifyOnly
        let report = try await until(interruption) { () async throws -> ProofReport? in
            if finishesLoad { try retries.run { () throws(DeliveryError) in try target.finish() } }
            return verify != .none && target.canBeProven ? try await prove(target, retries) : nil
        }
        if let report, let wanted = source.contentSHA256, wanted != report.contentSHA256 {
            throw Failure(
                "the readings of \(source.name) are others than its manifest says: content_sha256 is \(wanted) there, "
                    + "and \(report.contentSHA256) computed again",
                status: .failsVerification
            )
        }
        let description = LoadDescription(
            target: target.name,
            summary: summary,
            report: report,
            isOfArrivals: source.plan.recipe.delivery != nil,
            tellsBatches: targetLatency != nil
        )
        if let report, !report.differences.isEmpty {
            if json { Console.json(description.json) }
            throw Failure(messages: report.differences.map { "\(target.name): \($0)" }, status: .failsVerification)
        }
        if !verifyOnly { target.journal?.remove() }
        if json { Console.json(description.json) } else { Console.result(description.text) }
    }

    /// Proves what is stored; where a load finds that something is missing, it has it brought again once.
    private func prove<Target: DeliveryTarget>(_ target: Target, _ retries: Retries) async throws -> ProofReport {
        let workers = workers ?? target.usualWorkers
        let report = try await target.prove(verify, workers: workers, retries: retries)
        if report.differences.isEmpty || verifyOnly { return report }
        let isMended = try retries.run { () throws(DeliveryError) in try target.mend() }
        if isMended, !quiet {
            Console.note("note: the server had lost what it had acknowledged; it was sent again, and is proven anew")
        }
        return isMended ? try await target.prove(verify, workers: workers, retries: retries) : report
    }

    /// Does what changes nothing any more, and leaves it where it is when a signal comes.
    private func until<Value: Sendable>(
        _ interruption: Interruption,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let (ends, end) = AsyncStream.makeStream(of: Result<Value, any Error>.self)
        let work = Task {
            do { end.yield(.success(try await body())) } catch { end.yield(.failure(error)) }
        }
        let watch = Task {
            while !interruption.isRequested { try await Task.sleep(for: .milliseconds(100)) }
            let reason =
                verifyOnly ? "nothing is proven" : "all readings are sent, none is proven: --resume goes on from there"
            end.yield(.failure(Failure("interrupted; \(reason)", status: interruption.status)))
        }
        defer {
            work.cancel()
            watch.cancel()
        }
        for await result in ends { return try result.get() }
        throw CancellationError()
    }

    /// When what the target did not answer is tried again, and how that is told.
    private func retries(_ interruption: Interruption) -> Retries {
        var retries = Retries()
        retries.isCancelled = { interruption.isRequested }
        if !quiet { retries.onTrouble = { Console.note("note: tried again: " + $0) } }
        return retries
    }

    private func load<Target: DeliveryTarget>(
        _ target: Target,
        _ plan: GenerationPlan,
        _ done: BlockSet,
        _ interruption: Interruption,
        _ retries: Retries,
        _ refusals: RefusalFile?
    ) async throws -> LoadSummary {
        let line = !quiet && progress.isShown ? ProgressLine(name: plan.recipe.name) : nil
        defer { line?.finish() }
        var options = LoadOptions()
        (options.workerCount, options.batch) = (workers ?? target.usualWorkers, batch)
        (options.rate, options.batchDuration, options.refusalLimit) = (rate, targetLatency, maxErrors)
        options.retries = retries
        options.onProgress = { progress in
            line?
                .update(
                    rowsDone: progress.readingsDone,
                    rowsTotal: progress.readingsTotal,
                    bytesWritten: progress.bytesSent
                )
        }
        options.onRefusal = { [goesOn = !quiet && maxErrors > 0] refused in
            if goesOn { Console.note("note: block \(refused.block) was refused: \(refused.reason)") }
            refusals?.tell(refused)
        }
        do {
            return try await Loader(plan, to: target, done: done, options: options).run()
        } catch let error as LoadCancelled {
            throw Failure(
                "interrupted; \(Readable.count(error.readingsDone)) of \(Readable.count(plan.rows.count, of: "reading")) "
                    + "are stored: --resume goes on from there",
                status: interruption.status
            )
        } catch let error as DeliveryError where interruption.isRequested {
            throw Failure("interrupted; \(error.description)", status: interruption.status)
        } catch let error as DeliveryError {
            throw Failure(error.description + "; what is stored is safe: --resume goes on from there", status: .ioError)
        }
    }
}
