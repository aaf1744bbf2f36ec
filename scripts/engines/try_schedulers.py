"""Whether the scripts of cluster/ make the dataset that one machine makes: by GNU parallel and by Slurm, with a shard whose program is killed."""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

import hera.workflows.models
import truth
import yaml
from killing import Fault

MAKE = pathlib.Path(os.environ["ROOT"], "cluster/make")
SHARDS = 5
CONFIGURATION = """\
ClusterName=local
SlurmctldHost=node(127.0.0.1)
AuthType=auth/none
CredType=cred/none
SlurmUser=root
StateSaveLocation={0}/state
SlurmdSpoolDir={0}/spool
SlurmctldPidFile={0}/slurmctld.pid
SlurmdPidFile={0}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
NodeName=node NodeAddr=127.0.0.1 CPUs=2 RealMemory=4000
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)
    assert done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def scripts(recipe, output):
    """The scripts for a recipe, in a folder of their own."""
    folder = output.with_name(output.name + "-jobs")
    run(MAKE, "--recipe", recipe, "--output", output, "--shards", SHARDS, "--parallel", 2, "--cpus", 1, "--memory-mb", 500, "--to", folder)
    return folder


def check(what, output, whole):
    run("gen-dataset", "verify", output, "--quiet")
    ours, theirs = (json.loads((folder / "manifest.json").read_text()) for folder in (output, whole))
    for key in ("content_sha256", "rows", "labels", "statistics", "recipe_sha256"):
        assert ours[key] == theirs[key], f"{what}: {key} differs"
    assert (output / "_SUCCESS").exists() and (output / "events.csv").read_bytes() == (whole / "events.csv").read_bytes()
    print(f"{what}: {ours['rows']:,} rows, {ours['content_sha256'][:12]}", flush=True)


def parallel(recipe, whole):
    output = pathlib.Path("parallel").absolute()
    script = scripts(recipe, output) / "parallel/run.sh"
    run("gen-dataset", "recipe", recipe, "-o", output, "--format", "parquet", "--shard", f"1/{SHARDS}", "--quiet")
    times = {path: path.stat().st_mtime_ns for path in output.rglob("part-*")}
    fault = Fault(signal.SIGKILL)
    run(script)
    assert fault.target, "no program was met at work"
    check("parallel, a program killed", output, whole)
    # What was complete has stayed as it was.
    assert len(times) == 1 and all(path.stat().st_mtime_ns == time for path, time in times.items())


@contextlib.contextmanager
def slurm():
    """A controller and a node of two cores, in the network namespace of this process."""
    place = pathlib.Path("slurm-daemons").absolute()
    (place / "state").mkdir(parents=True)
    (place / "slurm.conf").write_text(CONFIGURATION.format(place))
    os.environ["SLURM_CONF"] = str(place / "slurm.conf")
    daemons = [subprocess.Popen([name, "-D"], stdout=subprocess.DEVNULL, stderr=(place / name).open("wb")) for name in ("slurmctld", "slurmd")]
    try:
        for _ in range(100):
            found = subprocess.run(["sinfo", "-h", "-o", "%T"], capture_output=True, text=True).stdout
            if "idle" in found:
                break
            time.sleep(0.2)
        else:
            raise AssertionError((place / "slurmctld").read_text())
        yield
    finally:
        for daemon in daemons:
            daemon.terminate()
        for daemon in daemons:
            daemon.wait()


def by_slurm(recipe, whole):
    output = pathlib.Path("slurm").absolute()
    jobs = scripts(recipe, output) / "slurm"
    with slurm():
        fault = Fault(signal.SIGSTOP)
        merge = run(jobs / "submit.sh").strip()
        fault.join(60)
        assert fault.target, "no program was met at work"
        # A node that is lost: Slurm starts its task again.
        process, shard = fault.target
        array = run("squeue", "-h", "-r", "-o", "%F", "-n", "ml-training").split()[0]
        run("scontrol", "requeue", f"{array}_{shard.partition('/')[0]}")
        while subprocess.run(["squeue", "-h", "-j", merge], capture_output=True, text=True).stdout.strip():
            time.sleep(0.5)
        check("slurm, a task started again", output, whole)


def main():
    if sys.argv[1:] == ["slurm"]:
        run("ip", "link", "set", "lo", "up")
        # With addresses of loopback alone, the C library finds no name.
        run("ip", "addr", "add", "192.0.2.1/32", "dev", "lo")
        run("hostname", "node")
        by_slurm("fleet.yaml", pathlib.Path("whole"))
        return
    packages = pathlib.Path(os.environ["ROOT"], ".venv-engines/bin")
    service = MAKE.parents[1] / "container/kubernetes"
    for manifest in [*sorted(MAKE.parent.glob("kubernetes/*.yaml")), service / "gen-dataset.yaml"]:
        run(packages / "kubernetes-validate", "--strict", manifest)
    if shutil.which("kubectl"):
        pathlib.Path("kustomized.yaml").write_text(run("kubectl", "kustomize", service))
        run(packages / "kubernetes-validate", "--strict", "kustomized.yaml")
    workflow = yaml.safe_load((MAKE.parent / "argo/workflow.yaml").read_text())
    # The models of Argo leave out what they do not know.
    known = hera.workflows.models.Workflow.model_validate(workflow).model_dump(by_alias=True, exclude_unset=True, mode="json")
    assert known == workflow, f"{known}\n{workflow}"
    run(packages / "shellcheck", *MAKE.parent.glob("*/*.sh"))
    # Long enough for a program to be met at work.
    recipe = truth.recipe(duration="20d")
    whole = pathlib.Path("whole")
    run("gen-dataset", "recipe", recipe, "-o", whole, "--format", "parquet", "--quiet")
    if shutil.which("parallel"):
        parallel(recipe, whole)
    else:
        print("without GNU parallel, which is not installed")
    if shutil.which("slurmctld") and shutil.which("slurmd") and os.geteuid() == 0:
        subprocess.run(["unshare", "--net", "--uts", sys.executable, __file__, "slurm"], check=True)
    else:
        print("without Slurm, which is not installed, or for root alone")


main()
