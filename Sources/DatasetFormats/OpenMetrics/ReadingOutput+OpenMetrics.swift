extension ReadingOutput {
    /// The script that makes blocks of Prometheus' database of the file.
    package func openMetricsScript(fileNames: [String]) -> String {
        let list = fileNames.joined(separator: " ")
        let reader = compression.map { $0 == .gzip ? "gzip -dc" : "zstd -dc" } ?? "cat"
        return """
            #!/bin/sh
            # Makes blocks of Prometheus' database of the readings: sh openmetrics.sh FOLDER.
            # promtool reads its whole input again for each block of two hours: it is given one part of a file for each.
            set -eu
            OUT=${1:?the folder of the database is missing: sh openmetrics.sh FOLDER}
            mkdir -p "$OUT"
            OUT=$(cd "$OUT" && pwd)
            cd "$(dirname "$0")"
            FOLDER=$(mktemp -d)
            trap 'rm -rf "$FOLDER"' EXIT
            PART=$FOLDER/part.om
            export OUT PART
            for FILE in \(list); do
            \(reader) "$FILE" | awk -v part="$PART" -v file="$FILE" '
                function finish() {
                    if (range == "") return
                    print "# EOF" > part
                    close(part)
                    if (system("promtool tsdb create-blocks-from openmetrics -q \\"$PART\\" \\"$OUT\\"") != 0) failed = 1
                    if (failed) exit 1
                }
                $0 == "# EOF" { complete = 1; next }
                /^#/ { head = head $0 "\\n"; next }
                {
                    if (int($NF / 7200) != range) {
                        finish()
                        range = int($NF / 7200)
                        printf "%s", head > part
                    }
                    print > part
                }
                END {
                    if (failed) exit 1
                    if (!complete) { print file " is cut off" > "/dev/stderr"; exit 1 }
                    finish()
                    if (failed) exit 1
                }'
            done

            """
    }
}
