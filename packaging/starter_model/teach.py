"""Where each photo of the second model belongs: teachers and text tower learn from each other.

The frozen teachers (EfficientNet-lite1 and -lite2, and the first model) are mapped to the text tower and the text tower
to them, then each teacher learns the captions itself, and the text tower follows all of them together. What is kept in
WORK/second is the text tower, `text.pt`, and the taught teachers, `lite1_taught.pt` and `lite2_taught.pt`.

Everything lies on the graphics card (about 30 GB); phases end by the clock. On a CPU give them a hundred times as long.

    python teach.py DATA WORK FIRST
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from contrast import Contrast
from draws import Draw, Lesson
from figures import Judge, all_places, places
from networks import FEATURES, KINDS, FirstImageTower, Lite, TextTower, first_model, lite_weights
from steps import Average, clock, rate, step_all, text_optimizers
from student import DIM
from torch import Tensor, nn
from torch.nn import functional
from views import boxes, cut, read_photos, squashed, whole

BATCH = 512  # photos at a time where nothing is learned
FIRST_SIDE = 160  # px the first model wants
WHOLE = 0.4  # share of whole photos among the views a teacher is taught with
STAY = 4.0  # weight of sentences of no photo that must stay where they are
STARTED = time.time()


def tell(text: str) -> None:
    """One line with the seconds since the start."""
    print(f"{time.time() - STARTED:6.1f} {text}", flush=True)


@dataclass(frozen=True)
class Plan:
    """Views a photo, their size in px for the teachers, seconds to fit a map and to teach a teacher, its rate."""

    views: int
    side: int
    fit: float
    tune: float
    lr: float


@dataclass(frozen=True)
class Standard:
    """Mean and deviation of each feature."""

    mean: Tensor
    deviation: Tensor

    @classmethod
    def of(cls, features: Tensor) -> Standard:
        """Of features [n, width]."""
        values = features.float()
        return cls(values.mean(0), values.std(0) + 1e-4)

    def __call__(self, features: Tensor) -> Tensor:
        """Standardised, float32."""
        return (features.float() - self.mean) / self.deviation


@dataclass(frozen=True)
class Tuning:
    """How a teacher is taught: the plan, the standard of its features, the text tower's rate (0: it stays)."""

    plan: Plan
    standard: Standard
    text_lr: float


class Eyes:
    """What networks see in the same random views of every photo; view 0 is the whole photo."""

    def __init__(self, photos: Tensor, views: int) -> None:
        count, device = len(photos), photos.device
        self._photos, self._boxes = photos, [boxes(count, device) if view else None for view in range(views)]

    @torch.no_grad()
    def look(self, side: int, see: Callable[[Tensor], Tensor]) -> Tensor:
        """bfloat16 [views, n, width] of what `see` says of photos in 0..1."""
        return torch.stack([self._view(box, side, see) for box in self._boxes])

    def _view(self, box: Tensor | None, side: int, see: Callable[[Tensor], Tensor]) -> Tensor:
        parts: list[Tensor] = []
        for part in torch.arange(len(self._photos), device=self._photos.device).split(BATCH):
            raw = self._photos[part]
            seen = squashed(raw, side) if box is None else cut(raw, box[part], side, shake=False)
            with torch.autocast(raw.device.type, torch.bfloat16):
                parts.append(see(seen.contiguous(memory_format=torch.channels_last)).bfloat16())
        return torch.cat(parts)


class Course:
    """What all phases share: the lesson, the photos, the text tower that moves, and what the captions ask."""

    def __init__(self, lesson: Lesson, photos: Tensor, text: TextTower) -> None:
        self.lesson, self.photos, self.text = lesson, photos, text
        self.judge, self.contrast = Judge(lesson), Contrast(lesson, all_places(text, lesson))

    def draw(self, captions: int, words: int) -> Draw:
        """Captioned photos and words with a photo."""
        return self.lesson.captions(captions, 0.5) + self.lesson.words(words)

    def loss(self, photos: Tensor, drawn: Draw, others: int, stay: int = 0) -> Tensor:
        """The captions' pull on unit vectors [n, 256] of a draw; with `stay` sentences that the tower must not move."""
        more = self.lesson.captions(others, 0.5).sentences
        far = places(self.text, self.lesson, more)  # they do not learn
        with torch.autocast(self.photos.device.type, torch.bfloat16):
            sentences = self.text(self.lesson.ids(drawn.sentences))
        pull = self.contrast(photos, sentences, drawn, more, far)
        return pull + STAY * self._moved(stay) if stay else pull

    def _moved(self, count: int) -> Tensor:
        """How far sentences of no photo have moved, 1 - cosine."""
        numbers = self.lesson.others[torch.randint(len(self.lesson.others), (count,), device=self.photos.device)]
        with torch.autocast(self.photos.device.type, torch.bfloat16):
            found = self.text(self.lesson.ids(numbers, forget=False))
        return 1 - (found * self.contrast.first[numbers].float()).sum(1).mean()

    def report(self, name: str, photos: Tensor) -> None:
        """Print the figures of joint vectors [n, 256] of all photos."""

        def say(sentences: Tensor) -> Tensor:
            return places(self.text, self.lesson, sentences)

        tell(f"{name}: {self.judge(say, photos[self.judge.held].float())}")


def fit_map(course: Course, features: Tensor, seconds: float, text_lr: float) -> nn.Linear:
    """A linear map of frozen features [views, n, width] to the text tower, and at `text_lr` the text tower to it."""
    mapped, text = nn.Linear(features.shape[-1], DIM).to(features.device), course.text
    adam = torch.optim.AdamW(mapped.parameters(), 1.5e-3, weight_decay=0.05)
    optimizers = [adam, *(text_optimizers(text, text_lr) if text_lr else [])]
    average, average_text, loss = Average(mapped), Average(text), torch.zeros(())
    for step, done in clock(seconds):
        drawn = course.draw(768, 512)
        view = torch.randint(len(features), drawn.photos.shape, device=features.device)
        seen = functional.dropout(features[view, drawn.photos].float(), 0.35)
        loss = course.loss(functional.normalize(mapped(seen), dim=-1), drawn, 1024, 512 if text_lr else 0)
        step_all(optimizers, loss, [rate(p, done, step) for p in (1.5e-3, text_lr, text_lr)][: len(optimizers)], 5.0)
        average.add(mapped)
        average_text.add(text)
    tell(f"map of {features.shape[-1]} features: {average.steps} steps, loss {loss.item():.3f}")
    text.load_state_dict(average_text.module.state_dict())
    return average.module


def teach_lite(course: Course, lite: Lite, mapped: nn.Linear, how: Tuning) -> None:
    """Let a teacher and, at `how.text_lr`, the text tower learn the captions together; in place."""
    device, plan = course.photos.device, how.plan
    moving: list[nn.Module] = [lite, mapped, *([course.text] if how.text_lr else [])]
    optimizers: list[torch.optim.Optimizer] = [
        torch.optim.AdamW(lite.parameters(), plan.lr, weight_decay=0.05),
        torch.optim.AdamW(mapped.parameters(), 3e-4, weight_decay=0.05),
        *(text_optimizers(course.text, how.text_lr) if how.text_lr else []),
    ]
    averages, loss = [Average(module, 0.98) for module in moving], torch.zeros(())
    for step, done in clock(plan.tune):
        drawn = course.draw(320, 192)
        count = len(drawn.photos)
        entire = torch.rand(count, device=device) < WHOLE
        box = torch.where(entire[:, None], whole(count, device), boxes(count, device))
        seen = cut(course.photos[drawn.photos], box, plan.side, shake=True)
        with torch.autocast(device.type, torch.bfloat16):
            pooled = lite(seen.contiguous(memory_format=torch.channels_last)).float()
        photos = functional.normalize(mapped(functional.dropout(how.standard(pooled), 0.3)), dim=-1)
        loss = course.loss(photos, drawn, 2048, 384 if how.text_lr else 0)
        rates = [rate(p, done, step) for p in (plan.lr, 3e-4, how.text_lr, how.text_lr)]
        step_all(optimizers, loss, rates[: len(optimizers)], 5.0)
        for average, module in zip(averages, moving, strict=True):
            average.add(module)
    tell(f"lite{lite.kind} taught: {averages[0].steps} steps, loss {loss.item():.3f}")
    for average, module in zip(averages, moving, strict=True):
        module.load_state_dict(average.module.state_dict())


def align(course: Course, goals: Tensor, seconds: float, lr: float) -> None:
    """The text tower alone, to where all together see the photos: `goals` [views, n, 256]; in place."""
    optimizers, average, loss = text_optimizers(course.text, lr), Average(course.text), torch.zeros(())
    for step, done in clock(seconds):
        drawn = course.draw(768, 512)
        view = torch.randint(len(goals), drawn.photos.shape, device=goals.device)
        loss = course.loss(goals[view, drawn.photos].float(), drawn, 1024, 512)
        step_all(optimizers, loss, [rate(lr, done, step)] * 2, 1.0)
        average.add(course.text)
    tell(f"aligned: {average.steps} steps, loss {loss.item():.3f}")
    course.text.load_state_dict(average.module.state_dict())


def unit(vectors: Tensor) -> Tensor:
    """Of unit length, bfloat16."""
    return functional.normalize(vectors.float(), dim=-1).bfloat16()


@torch.no_grad()
def joint(mapped: nn.Linear, features: Tensor) -> Tensor:
    """Unit joint vectors bfloat16 [views, n, 256]."""
    return torch.stack([unit(mapped(view.float())) for view in features])


def odds(scores: Tensor) -> Tensor:
    """Square roots of class probabilities, as features beside the standardised ones."""
    return 5 * scores.float().softmax(-1).sqrt()


def standardised(features: Tensor) -> tuple[Tensor, Standard]:
    """Features bfloat16 [views, n, width] by the standard of view 0, and that standard."""
    standard = Standard.of(features[0])
    return torch.stack([standard(view).bfloat16() for view in features]), standard


def frozen_features(eyes: Eyes, lite: Lite, side: int) -> tuple[Tensor, Standard, Tensor]:
    """Standardised pooled features of every view, their standard, and the odds of the classes."""

    def see(photos: Tensor) -> Tensor:
        pooled = lite(photos)
        return torch.cat([pooled, lite.classes(pooled)], 1)

    seen = eyes.look(side, see)
    pooled, standard = standardised(seen[:, :, :FEATURES])
    return pooled, standard, torch.stack([odds(view[:, FEATURES:]).bfloat16() for view in seen])


def teach(course: Course, eyes: Eyes, image: FirstImageTower, lites: Sequence[Lite], plan: Plan) -> None:
    """All phases; the text tower and the teachers learn in place."""
    first = eyes.look(FIRST_SIDE, image)
    course.report("first model", unit(first[0, :, :DIM]))
    features = [standardised(first[:, :, DIM:])[0]]
    looked = [frozen_features(eyes, lite, plan.side) for lite in lites]
    for pooled, _, chances in looked:
        features += [pooled, chances]
    together = torch.cat(features, 2)
    goals = [joint(fit_map(course, together, plan.fit, 3e-4), together)]
    course.report("frozen together", goals[0][0])
    for number, (lite, (pooled, standard, _)) in enumerate(zip(lites, looked, strict=True)):
        mapped = fit_map(course, pooled, plan.fit / 2, 0.0)
        course.report(f"lite{lite.kind} frozen", joint(mapped, pooled[:1])[0])
        teach_lite(course, lite, mapped, Tuning(plan, standard, 0.0 if number else 1e-4))
        goals.append(eyes.look(plan.side, lambda x, t=lite, m=mapped, s=standard: unit(m(s(t(x))))))
        course.report(f"lite{lite.kind} taught", goals[-1][0])
    mixed = unit(torch.stack([goal.float() for goal in goals]).mean(0))
    course.report("all together", mixed[0])
    align(course, mixed, plan.fit, 2e-4)
    course.report("all together, aligned", mixed[0])


def keep(module: nn.Module, path: Path) -> None:
    """Write the weights, readable on any device."""
    torch.save({name: value.cpu() for name, value in module.state_dict().items()}, path)


def read_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("first", type=Path, help="the first model: its folder, or a checkpoint of image_tower.py")
    parser.add_argument("--views", type=int, default=8)
    parser.add_argument("--side", type=int, default=224, help="px the teachers see")
    parser.add_argument("--fit", type=float, default=14.0, help="seconds to fit a map, and to align")
    parser.add_argument("--tune", type=float, default=55.0, help="seconds a teacher learns")
    parser.add_argument("--lr", type=float, default=2e-4, help="of the teachers")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes that read the photos")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


def main() -> None:
    """Read, teach, keep."""
    args = read_arguments()
    torch.set_num_threads(args.threads)
    torch.manual_seed(11)
    torch.backends.cudnn.benchmark = True
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    work: Path = args.work / "second"
    lesson = Lesson(work / "lesson.npz", device)
    photos = torch.from_numpy(read_photos(args.data / "starter", lesson.files, args.workers)).to(device)
    tell(f"{device}: {len(lesson.files)} photos, {len(lesson.tokens)} sentences")
    image, text = first_model(args.first, args.work)
    course = Course(lesson, photos, text.to(device))
    lites = [Lite(kind, lite_weights(kind), args.side).to(device) for kind in reversed(KINDS)]
    plan = Plan(args.views, args.side, args.fit, args.tune, args.lr)
    teach(course, Eyes(photos, args.views), image.to(device), lites, plan)
    keep(course.text, work / "text.pt")
    for lite in lites:
        keep(lite.net, work / f"lite{lite.kind}_taught.pt")
    tell("kept")


if __name__ == "__main__":
    main()
