"""What the scripts of benchmarks/ measure with: processes, contests between them, reports."""
