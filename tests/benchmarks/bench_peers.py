"""How many times faster than other evaluators of IAM policies, on the same machine in the same run.

The others are installed for this alone, into an environment of their own under `build/peers`, and run as programs.
"""

import json
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from iamlab import Evaluator, Policies
from tests.benchmarks.registry import Figure, benchmark, seconds
from tests.benchmarks.workloads import WORKLOADS

FOLDER = Path(__file__).parents[2] / "build" / "peers"
DRIVERS = Path(__file__).parent / "peers"
PYTHON_PEERS = {"reach-security": "with_reach.py", "moto": "with_moto.py", "cedarpy": "with_cedarpy.py"}
NODE_PEER, NODE_DRIVER = "@cloud-copilot/iam-simulate", "with_iam_simulate.mjs"


@benchmark
def peers() -> Iterator[Figure]:
    """Decide the same request with each evaluator, warm, on one core."""
    programs = installed()
    for name, workload in WORKLOADS.items():
        scenario = workload()
        decide = Evaluator(Policies.of(**scenario["policies"])).decide
        asked = [scenario[part] for part in ("principal", "action", "resource", "context")]
        assert decide(*asked).decision == scenario["expect"]
        rate = 1 / seconds(lambda decide=decide, asked=asked: decide(*asked))
        for peer, command in programs.items():
            found = run(command, scenario)
            if found["rate"]:
                yield Figure(
                    f"decisions, {name}", rate, "/s", f"{peer} {found['version']} ({found['decision']})", found["rate"]
                )


def run(command: list[str], scenario: dict[str, Any]) -> dict[str, Any]:
    """Return what a peer's program says of a workload: its version, its rate, its decision."""
    done = subprocess.run(command, input=json.dumps(scenario), capture_output=True, text=True, check=True, timeout=120)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def installed() -> dict[str, list[str]]:
    """Install the peers where they are not yet, and return how each is started."""
    python = FOLDER / "venv" / "bin" / "python"
    if not python.exists():
        venv.create(FOLDER / "venv", with_pip=True)
        call(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PYTHON_PEERS)
    programs = {peer: [str(python), str(DRIVERS / driver)] for peer, driver in PYTHON_PEERS.items()}
    if (npm := shutil.which("npm")) and (node := shutil.which("node")):
        if not (FOLDER / "node_modules" / NODE_PEER).exists():
            call(npm, "install", "--silent", "--no-save", "--prefix", str(FOLDER), NODE_PEER)
        # Node looks for packages beside the program, so the program is laid beside them.
        shutil.copy(DRIVERS / NODE_DRIVER, FOLDER / NODE_DRIVER)
        programs[NODE_PEER] = [node, str(FOLDER / NODE_DRIVER)]
    else:
        print(f"{NODE_PEER} is left out: there is no Node.js here.", file=sys.stderr)
    return programs


def call(*command: str) -> None:
    """Run a command; what it says is shown only if it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
