"""No engine looks up a host or writes down who it runs for: traced from outside, as the system sees it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.engines import needs_engine

STRACE = shutil.which("strace")

RUN = """
import sys
import numpy as np
from core.encoder.onnx_openvino import import_or_explain
engine = import_or_explain(sys.argv[1])
if sys.argv[1] == "onnxruntime":
    import onnx
    from onnx import TensorProto, helper
    one = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])
    two = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])
    graph = helper.make_graph([helper.make_node("Neg", ["x"], ["y"])], "g", [one], [two])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)
    session = engine.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    assert session.run(None, {"x": np.ones(1, np.float32)})[0][0] == -1
elif sys.argv[1] == "openvino":
    assert engine.Core().available_devices
"""


@pytest.mark.skipif(STRACE is None, reason="strace is not installed")
@pytest.mark.parametrize("engine", ["torch", "onnxruntime", "openvino"])
def test_an_engine_stays_on_this_computer(engine: str, tmp_path: Path) -> None:
    needs_engine(engine)
    home, trace = tmp_path / "home", tmp_path / "trace"
    home.mkdir()
    command = [STRACE or "", "-f", "-qq", "-e", "trace=socket,connect", "-o", str(trace)]
    run = subprocess.run(
        [*command, sys.executable, "-c", RUN, engine],
        env={"HOME": str(home), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).resolve().parents[3])},
        capture_output=True,
        encoding="utf-8",
        timeout=200,
    )
    if "ptrace" in run.stderr and run.returncode:
        pytest.skip("tracing is not allowed here")
    assert run.returncode == 0, run.stderr
    assert [line for line in trace.read_text(encoding="utf-8").splitlines() if "AF_INET" in line] == []
    assert [str(path) for path in home.rglob("*") if path.is_file()] == []
