"""Measurements that outlast a script, so that its parts can be measured one by one."""
import json

from .contest import Result


class Store:
    """A file of measured parts.

    What was measured by another build, on another machine or with other settings does not count: a report never mixes
    them.
    """

    def __init__(self, file, circumstances):
        self.file, self.circumstances = file, circumstances
        self.parts = {}
        # Part -> cores that others used meanwhile.
        self.others = {}
        if file.exists():
            stored = json.loads(file.read_text())
            if stored["circumstances"] == circumstances:
                self.others = stored["others"]
                self.parts = {
                    name: [Result.from_json(value) for value in values] for name, values in stored["parts"].items()
                }

    def keep(self, name, results, others):
        """Stores a part, and how many cores others used meanwhile."""
        self.parts[name], self.others[name] = results, others
        parts = {name: [result.as_json() for result in results] for name, results in self.parts.items()}
        self.file.parent.mkdir(parents=True, exist_ok=True)
        stored = {"circumstances": self.circumstances, "others": self.others, "parts": parts}
        # An interruption leaves the old file or the new one.
        new = self.file.with_suffix(".partial")
        new.write_text(json.dumps(stored, indent=1) + "\n")
        new.replace(self.file)
