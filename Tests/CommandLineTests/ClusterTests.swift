import Foundation
import Testing

@Suite("Scripts and manifests of clusters")
struct ClusterTests {
    @Test("are what their templates give for any parameters, are read by shell and YAML, and cannot be misread")
    func files() throws {
        let workspace = try Workspace()
        let line = """
            cluster='\(Locations.package.path())cluster'
            set -e
            "$cluster/make" --check
            "$cluster/make" --recipe lab/r.yaml --output /data/lab --shards 300 --format csv,parquet --cpus 8 --to jobs >written
            for script in "$cluster"/*/*.sh jobs/*/*.sh; do bash -n "$script"; done
            '\(Locations.package.path()).venv/bin/python3' - jobs/*/*.yaml <<'PYTHON'
            import sys, yaml
            for name in sys.argv[1:]:
                text = open(name).read()
                assert "@" not in text and yaml.safe_load(text), name
                assert "/data/lab" in text and ("300" in text or "merge" in name), name
            PYTHON
            ! "$cluster/make" --output '/data/$(touch x)' --to never 2>refusal
            wc -l <written; cat refusal
            """
        let outcome = try workspace.shell(line)
        try #require(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
        #expect(outcome.output.hasPrefix("9\n"))
        #expect(outcome.output.contains("has what a script could misread"))
    }
}
