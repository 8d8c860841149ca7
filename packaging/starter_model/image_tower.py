"""Step 5: teach the image tower. Resumable at any moment; ends when enough views have been seen.

Several processes with one thread each share every batch (small convolutions gain little from threads, and one
meeting a step survives a busy core better than one an operator). Learning rate, photo size and the captions' pull
follow the share of the views that have been seen, so a busy machine takes longer and ends at the same place; the
last weights before the learning rate starts to fall are kept as `stable.pt`, from which a longer run can go on.

    python image_tower.py DATA WORK --run first
    python image_tower.py DATA WORK --run second --million 4 --from WORK/runs/first/stable.pt
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from batches import Batches, whole
from caption_pull import CaptionPull
from joint_space import report
from manifest import Row, read_rows
from muon import Muon
from student import Student, Weights, channels_last, losses, total
from torch import Tensor, nn
from torch.nn import functional

LOG_EVERY, SAVE_EVERY, LOOK_EVERY = 15.0, 120.0, 480.0  # seconds


@dataclass(frozen=True)
class Plan:
    """Everything a run is told; kept beside its checkpoints."""

    data: str
    work: str
    run: str
    views: int
    batch: int
    ranks: int
    million: float
    lr: float
    optimizer: str
    fall: float
    sides: str
    seed: int
    begin_from: str
    pull: float
    pull_from: float
    text: str

    @property
    def folder(self) -> Path:
        """Where checkpoints and the log of this run lie."""
        return Path(self.work) / "runs" / self.run

    def progress(self, seen: int) -> float:
        """Share of the views that have been seen, 0..1."""
        return min(1.0, seen / (1e6 * self.million))

    def rate(self, progress: float, step: int) -> float:
        """Learning rate: short warm-up, constant, linear fall from `fall` on."""
        falling = 1.0 if progress < self.fall else max(0.01, (1 - progress) / (1 - self.fall))
        return self.lr * min(1.0, (step + 1) / 150) * falling

    def side(self, progress: float) -> int:
        """Photo size in px: `sides` is like "96:0.3,128:0.8,160:1"."""
        steps = [part.split(":") for part in self.sides.split(",")]
        return next((int(side) for side, until in steps if progress <= float(until)), int(steps[-1][0]))


def make_optimizers(student: nn.Module, plan: Plan) -> list[torch.optim.Optimizer]:
    """Muon for the trunk's pointwise convolutions (unless told otherwise), AdamW for the rest."""
    pointwise, other, plain = [], [], []
    for name, param in student.named_parameters():
        matrix = param.ndim == 4 and param.shape[1] >= 16 and name.startswith("tower.blocks")
        if matrix and plan.optimizer == "muon":
            pointwise.append(param)
        elif param.ndim > 1:
            other.append(param)
        else:
            plain.append(param)
    groups = [{"params": other, "weight_decay": 0.03}, {"params": plain, "weight_decay": 0.0}]
    adam = torch.optim.AdamW(groups, plan.lr, betas=(0.9, 0.98))
    return [adam, Muon(pointwise, plan.lr)] if pointwise else [adam]


class Average:
    """Exponential moving average of all weights and buffers; the horizon grows with the run."""

    def __init__(self, student: nn.Module) -> None:
        self.values = {k: v.detach().clone() for k, v in student.state_dict().items()}

    @torch.no_grad()
    def add(self, student: nn.Module, step: int) -> None:
        """Move a little towards the present weights."""
        keep = min(0.998, (step + 1) / (step + 20))
        for name, value in student.state_dict().items():
            if value.is_floating_point():
                self.values[name].lerp_(value, 1 - keep)
            else:
                self.values[name].copy_(value)


def share_gradients(params: list[nn.Parameter], ranks: int) -> None:
    """Average gradients over the processes in one message; clip the whole to norm 5."""
    flat = torch.cat([p.grad.reshape(-1) for p in params if p.grad is not None])
    if ranks > 1:
        dist.all_reduce(flat)
        flat.div_(ranks)
    flat.mul_((5.0 / (flat.norm() + 1e-6)).clamp(max=1.0))
    at = 0
    for param in params:
        if param.grad is not None:
            param.grad = flat[at : at + param.numel()].view(param.shape)
            at += param.numel()


class Trainer:
    """One process's part of the run."""

    def __init__(self, plan: Plan, rank: int) -> None:
        torch.manual_seed(plan.seed)
        torch.set_num_threads(1 if plan.ranks > 1 else os.cpu_count() or 1)
        self.plan, self.rank, self.step, self.seen = plan, rank, 0, 0
        self.rows: list[Row] = read_rows(Path(plan.data))
        self.batches = Batches(Path(plan.work), self.rows, plan.views)
        self.student = channels_last(Student())
        self.params = list(self.student.parameters())
        self.optimizers = make_optimizers(self.student, plan)
        self.average = Average(self.student)
        newest = plan.folder / "last.pt"
        if newest.exists():
            self.load(newest, optimizers=True)
        elif plan.begin_from:
            self.load(Path(plan.begin_from), optimizers=True)
        self.rng = np.random.default_rng([plan.seed, rank, self.step])
        near = (Path(plan.work), self.rows, Path(plan.text), 100 * self.step + rank)
        self.pull = CaptionPull(*near) if plan.pull else None

    def load(self, path: Path, optimizers: bool) -> None:
        """Go on from a checkpoint."""
        held: dict[str, Any] = torch.load(path, weights_only=True)
        self.student.load_state_dict(held["student"])
        self.average.values = held["average"]
        self.step, self.seen = held["step"], held["seen"]
        if optimizers:
            for optimizer, state in zip(self.optimizers, held["optimizers"], strict=True):
                optimizer.load_state_dict(state)

    def save(self, name: str) -> None:
        """Write a checkpoint whole or not at all."""
        held = {
            "student": self.student.state_dict(),
            "average": self.average.values,
            "optimizers": [o.state_dict() for o in self.optimizers],
            "step": self.step,
            "seen": self.seen,
            "plan": json.dumps(asdict(self.plan)),
        }
        torch.save(held, self.plan.folder / f"{name}.tmp")
        (self.plan.folder / f"{name}.tmp").replace(self.plan.folder / name)

    def advance(self, progress: float) -> dict[str, float]:
        """One step of training; returns the losses."""
        rate = self.plan.rate(progress, self.step)
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate
        self.student.train()
        batch = self.batches.draw(self.plan.batch, self.plan.side(progress), self.rng)
        with torch.autocast("cpu", torch.bfloat16):
            seen = self.student(batch.pixels)
            parts = losses(seen, self.student, batch.goal)
        for param in self.params:
            param.grad = None
        loss = total(parts, Weights(), progress)
        if self.pull and progress >= self.plan.pull_from:
            parts["pull"] = self.pull.loss(seen.joint, batch.rows)
            loss = loss + self.plan.pull * parts["pull"]
        loss.backward()
        share_gradients(self.params, self.plan.ranks)
        for optimizer in self.optimizers:
            optimizer.step()
        self.average.add(self.student, self.step)
        self.step += 1
        self.seen += self.plan.batch * self.plan.ranks
        return {name: float(value.detach()) for name, value in parts.items()}

    def look(self, side: int) -> str:
        """Recall and label hits of the averaged weights, and joint cosine on the dev photos."""
        student = channels_last(Student())
        student.load_state_dict(self.average.values)
        work = Path(self.plan.work)
        held = np.array([i for i, r in enumerate(self.rows) if not r.trainable])
        found = encode(student.tower, work, held, side)
        photos = np.zeros((len(self.rows), found.shape[1]), np.float32)
        photos[held] = found
        dev = np.array([i for i, r in enumerate(self.rows) if r.split == "dev"])
        goal = np.load(work / "joint" / "targets.npy", mmap_mode="r")[0][dev].astype(np.float32)
        cosine = float((photos[dev] * goal).sum(1).mean())
        return f"{side} px: dev cosine {cosine:.3f} {report(work, self.rows, photos)}"


@torch.inference_mode()
def encode(tower: nn.Module, work: Path, rows: np.ndarray, side: int) -> np.ndarray:
    """Unit joint vectors [n, 256] of the cached whole photos."""
    pixels = np.load(work / "cache" / "pixels.npy", mmap_mode="r")
    tower.eval()
    out: list[Tensor] = []
    for part in np.array_split(rows, max(1, len(rows) // 64)):
        with torch.autocast("cpu", torch.bfloat16):
            out.append(functional.normalize(tower(whole(pixels[part], side)).float(), dim=-1))
    return torch.cat(out).numpy()


def train(rank: int, plan: Plan, meeting: str) -> None:
    """One process from first to last step."""
    if plan.ranks > 1:
        dist.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=plan.ranks)
    trainer = Trainer(plan, rank)
    log = (plan.folder / "log.txt").open("a", buffering=1, encoding="utf-8")
    logged = saved = looked = time.time()
    counted, fell = trainer.seen, plan.progress(trainer.seen) >= plan.fall
    means: dict[str, float] = {}
    while (progress := plan.progress(trainer.seen)) < 1:
        now = time.time()
        for name, value in trainer.advance(progress).items():
            means[name] = 0.95 * means.get(name, value) + 0.05 * value
        if rank:
            continue
        if now - logged > LOG_EVERY:
            rate = (trainer.seen - counted) / (now - logged)
            told = " ".join(f"{k} {v:.3f}" for k, v in means.items())
            log.write(f"{time.strftime('%H:%M:%S')} step {trainer.step} seen {trainer.seen} {told} {rate:.0f}/s\n")
            logged, counted = now, trainer.seen
        if not fell and progress >= plan.fall:
            trainer.save("stable.pt")
            fell = True
        if now - saved > SAVE_EVERY:
            trainer.save("last.pt")
            saved = time.time()
        if now - looked > LOOK_EVERY:
            log.write(f"LOOK step {trainer.step} {trainer.look(plan.side(progress))}\n")
            looked = time.time()
    if not rank:
        trainer.save("last.pt")
        for side in (128, 160):
            log.write(f"END step {trainer.step} {trainer.look(side)}\n")


def read_plan() -> Plan:
    """The plan from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data")
    parser.add_argument("work")
    parser.add_argument("--run", default="first")
    parser.add_argument("--million", type=float, default=2.25, help="views to see in all, in millions")
    parser.add_argument("--from", dest="begin_from", default="", help="checkpoint of another run")
    parser.add_argument("--views", type=int, default=4)
    parser.add_argument("--batch", type=int, default=96, help="views a process a step")
    parser.add_argument("--ranks", type=int, default=2)
    parser.add_argument("--lr", type=float, default=8e-3)
    parser.add_argument("--optimizer", default="muon", choices=["muon", "adamw"])
    parser.add_argument("--fall", type=float, default=0.76, help="share of the views after which lr falls")
    parser.add_argument("--sides", default="96:0.57,128:0.78,160:1", help="photo size in px until which share")
    parser.add_argument("--pull", type=float, default=0.25, help="weight of the photo's own captions")
    parser.add_argument("--pull-from", type=float, default=0.64, help="share of the views after which they pull")
    parser.add_argument("--text", default="", help="text tower that places captions, else WORK/text/aligned.pt")
    parser.add_argument("--seed", type=int, default=1)
    args = vars(parser.parse_args())
    args["text"] = args["text"] or str(Path(args["work"]) / "text" / "aligned.pt")
    plan = Plan(**args)
    plan.folder.mkdir(parents=True, exist_ok=True)
    (plan.folder / "plan.json").write_text(json.dumps(asdict(plan), indent=1), encoding="utf-8")
    return plan


def main() -> None:
    """Start the processes of one run and wait for them."""
    plan = read_plan()
    with tempfile.TemporaryDirectory() as folder:
        mp.spawn(  # pyright: ignore[reportPrivateImportUsage]
            train, (plan, f"{folder}/meeting"), nprocs=plan.ranks
        )


if __name__ == "__main__":
    main()
