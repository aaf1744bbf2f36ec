"""learning.py PAGE FOLDER: runs the page's example of a detector in a folder that has the dataset, and looks at what it reaches."""

import json
import os
import re
import sys

from dataset import Problems

page, folder = sys.argv[1:]
problems = Problems()
with open(page, encoding="utf-8") as file:
    examples = [code for code in re.findall(r"```python\n(.*?)```", file.read(), re.S) if "datasets/ml-training" in code]
os.chdir(folder)
# Threads that wait for one another cost more than they bring where other tests run.
os.environ["OMP_NUM_THREADS"] = "1"
for code in examples:
    names = {}
    exec(compile(code, page, "exec"), names)
    share = names["judged"]["anomaly_flag"].mean()
    recall = names["recall"]
    problems.expect(names["precision"] > 5 * share, f"precision {names['precision']} where {share} is anomalous")
    problems.expect(recall["easy"] > recall["medium"] > recall["hard"], f"recall {dict(recall)}")
    problems.expect(recall["easy"] > 0.8 and recall["missing data"] > 0.9, f"recall {dict(recall)}")
    problems.expect(set(names["judged"]["split"]) == {"test"}, "it is judged by more than the test")
print(json.dumps({"problems": problems, "counts": {"examples": len(examples)}}))
