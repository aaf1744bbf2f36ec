"""deployments.py ROOT TOOL: whether the files by which the program is deployed agree with one another and with the program.

The image, the manifest of Kubernetes with its Kustomization, the compose file and the unit of systemd: users, paths, ports, commands, recipes.
"""

import configparser
import json
import os
import re
import shlex
import subprocess
import sys

import yaml
from dataset import Problems

root, tool = sys.argv[1:]
problems = Problems()


def read(name):
    with open(os.path.join(root, name), encoding="utf-8") as file:
        return file.read()


def program(*arguments, text=""):
    return subprocess.run([tool, *arguments], input=text, capture_output=True, text=True, env={"PATH": os.environ["PATH"]})


def lines(name, word):
    return re.findall(rf"^{word} (.*)", read(name).replace("\\\n", ""), re.M)


# The image.
user = lines("Dockerfile", "USER")[-1]
number = re.search(r"useradd .*--uid (\d+)", read("Dockerfile"))[1]
problems.expect(user == f"{number}:{number}", f"the image makes user {number}, and runs as {user}")
variables = dict(pair.split("=", 1) for pair in lines("Dockerfile", "ENV")[-1].split())
volumes = json.loads(lines("Dockerfile", "VOLUME")[-1])
port = int(lines("Dockerfile", "EXPOSE")[-1])
ignored = [line[1:] for line in read(".dockerignore").splitlines() if line.startswith("!")]
for name in ignored:
    problems.expect(os.path.exists(os.path.join(root, name)), f".dockerignore has {name}, which is not there")

# The manifest.
documents = list(yaml.safe_load_all(read("container/kubernetes/gen-dataset.yaml")))
kinds = {document["kind"]: document for document in documents}
template = kinds["StatefulSet"]["spec"]["template"]
pod = template["spec"]
container = pod["containers"][0]
security = pod["securityContext"] | container["securityContext"]
for key in ("runAsUser", "runAsGroup", "fsGroup"):
    problems.expect(security[key] == int(number), f"{key} is {security[key]}, that of the image {number}")
problems.expect(security["runAsNonRoot"] and security["readOnlyRootFilesystem"], "the pod may be root, or write its root")
problems.expect(security["capabilities"] == {"drop": ["ALL"]} and not security["allowPrivilegeEscalation"], "the pod may do too much")
mounts = {mount["mountPath"]: mount["name"] for mount in container["volumeMounts"]}
volumes_there = {volume["name"] for volume in pod["volumes"]} | {claim["metadata"]["name"] for claim in kinds["StatefulSet"]["spec"]["volumeClaimTemplates"]}
problems.expect(set(mounts.values()) == volumes_there, f"mounted are {mounts}, there are {volumes_there}")
problems.expect(set(volumes) <= set(mounts), f"the image writes {volumes}, mounted are {mounts}")
problems.expect(os.path.dirname(variables["CONFIG_FILE"]) in mounts, "the recipe's folder is not mounted")
ports = {entry["name"]: entry["containerPort"] for entry in container["ports"]}
for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
    asked = next(value for key, value in container[probe].items() if key in ("httpGet", "tcpSocket"))
    problems.expect(ports.get(asked["port"]) == port, f"{probe} asks at {asked}, the image has port {port}")
    problems.expect(asked.get("path", "/healthz") == "/healthz", f"{probe} asks for {asked}")
service = kinds["Service"]["spec"]
labels = template["metadata"]["labels"].items()
problems.expect(service["selector"].items() <= labels and service["ports"][0]["port"] == port, "the service finds no pod")
problems.expect(kinds["StatefulSet"]["spec"]["selector"]["matchLabels"].items() <= labels, "the set finds no pod")
problems.expect(template["metadata"]["annotations"]["prometheus.io/port"] == str(port), "Prometheus is told of another port")
configuration = next(volume["configMap"]["name"] for volume in pod["volumes"] if "configMap" in volume)
problems.expect(configuration == kinds["ConfigMap"]["metadata"]["name"], f"there is no ConfigMap {configuration}")
recipes = {"ConfigMap": kinds["ConfigMap"]["data"][os.path.basename(variables["CONFIG_FILE"])], "config.yaml": read("container/config.yaml")}
for name, text in recipes.items():
    checked = program("recipes", "check", "-", text=text)
    problems.expect(checked.returncode == 0, f"{name}: {checked.stderr}")
    database = yaml.safe_load(text)["database"]["path"]
    problems.expect(any(database.startswith(volume + "/") for volume in volumes), f"{name}: {database} is in no volume")

# Its Kustomization.
custom = read("container/kubernetes/kustomization.yaml")
for name in yaml.safe_load(custom)["resources"]:
    problems.expect(os.path.exists(os.path.join(root, "container/kubernetes", name)), f"there is no {name}")
example = yaml.safe_load("\n".join(line.removeprefix("# ") for line in custom.split("# images:\n")[1].splitlines()))[0]
problems.expect(example["name"] == container["image"].split(":")[0], f"the image is {container['image']}, and not {example['name']}")
version = program("--version").stdout.strip()
problems.expect(example["newTag"] == version, f"the example has tag {example['newTag']}, the program is {version}")

# The compose file.
composed = yaml.safe_load(read("compose.yaml"))
sensor = composed["services"]["sensor"]
targets = [volume.split(":")[1] for volume in sensor["volumes"]]
problems.expect(set(volumes) <= set(targets) and sensor["environment"]["CONFIG_FILE"] == variables["CONFIG_FILE"], f"compose mounts {targets}")
problems.expect(sensor["ports"][0].endswith(f":{port}") and sensor["ports"][0].startswith("127.0.0.1:"), f"compose publishes {sensor['ports']}")

# The unit.
unit = configparser.RawConfigParser(strict=False)
unit.optionxform = str
unit.read_string(re.sub(r"\\\n\s*", "", read("container/systemd/gen-dataset.service")))
command = shlex.split(unit["Service"]["ExecStart"])
problems.expect(os.path.basename(command[0]) == "gen-dataset", f"the unit runs {command[0]}")
arguments = ["-" if word.endswith(".yaml") else word for word in command[1:]]
tried = program(*arguments, "--dry-run", text=recipes["config.yaml"])
problems.expect(tried.returncode == 0, f"the unit's {' '.join(command)}: {tried.stderr}")

print(json.dumps({"problems": problems, "counts": {"documents": len(documents)}}))
