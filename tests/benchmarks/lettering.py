"""Photos with lines of writing whose text is known: printed in the fonts of this computer, both languages, on photos.

Sizes are the height of a capital or of a Chinese character, in pixels.
"""

from __future__ import annotations

import functools
import random
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

LATIN_FONTS = (
    *("DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono", "Liberation Sans", "Liberation Serif", "Liberation Mono"),
    *("Noto Sans", "Noto Serif", "Noto Mono", "URW Bookman", "URW Gothic", "Nimbus Sans", "Nimbus Roman"),
    *("Nimbus Mono PS", "Nimbus Sans Narrow", "C059", "P052", "DejaVu Sans:bold", "DejaVu Serif:bold"),
    *("Liberation Sans:bold", "Nimbus Sans:bold", "Nimbus Roman:italic", "C059:bold", "P052:italic"),
)
CHINESE_FONTS = (
    *("Noto Sans CJK SC", "Noto Serif CJK SC", "Noto Sans CJK SC:bold", "Noto Serif CJK SC:bold"),
    *("WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "AR PL UMing CN", "AR PL UKai CN"),
)
ENGLISH = (
    "Receipt from the hardware store",
    "Please wash your hands before returning to work",
    "Wi-Fi password: bluewhale 4471",
    "Open Monday to Friday 9 am to 6 pm",
    "Caution wet floor in the hall",
    "Total amount due 48.20 including tax",
    "Platform 7 departs at 14:35",
    "Do not feed the animals or birds",
    "Fresh bread every morning from seven",
    "Meeting notes for the spring budget",
    "Invoice number 20931 for garden tools",
    "Boarding starts at gate B12 soon",
    "Private road no parking at any time",
    "Happy birthday to our dear grandmother",
    "Emergency exit keep this door closed",
    "Special offer two pizzas for one",
    "Room 214 is upstairs on the left",
    "Chapter three: the long winter night",
    "Flight LH 1832 to Vienna delayed",
    "Organic apples from the valley farm",
)
CHINESE = (
    "五金店收据请妥善保管",
    "会议白板今天下午三点开会",
    "无线网络密码在前台领取",
    "小心地滑请慢行",
    "营业时间上午九点至晚上六点",
    "禁止停车违者拖走",
    "新鲜面包每天早晨出炉",
    "本店招聘服务员两名",
    "欢迎光临四川火锅",
    "紧急出口请保持畅通",
    "祝奶奶生日快乐身体健康",
    "图书馆内请勿大声喧哗",
    "列车即将到达北京南站",
    "请勿触摸展品谢谢合作",
    "电费缴费通知单第二季度",
    "春节放假安排另行通知",
    "有机苹果每斤十二元",
    "请在此处排队等候叫号",
    "第三章漫长的冬夜",
    "快递请放在门卫室",
)
SIZES = (12, 16, 24, 40)


@dataclass(frozen=True, slots=True)
class Lettering:
    """How a line is printed: what, in which font, how high, at which angle, and how strong against its ground (0..1).

    Attributes:
        plate: on a plain sign, and not on the photo itself.
    """

    text: str
    font: str
    size: int
    angle: float = 0.0
    contrast: float = 1.0
    plate: bool = True


@functools.cache
def font_file(name: str) -> tuple[str, int] | None:
    """Return the file of a font, and its number in it; None if this computer has not got it."""
    family, _, style = name.partition(":")
    pattern = f"{family}:{style}" if style else f"{family}:regular"
    answer = subprocess.run(
        ["fc-match", "-f", "%{family}|%{file}|%{index}", pattern], capture_output=True, text=True, check=False
    ).stdout
    found, _, rest = answer.partition("|")
    file, _, index = rest.partition("|")
    if family not in found.split(",") or not file.endswith((".ttf", ".otf", ".ttc")):
        return None
    return file, int(index)


def available(fonts: Sequence[str]) -> list[str]:
    """Return those of the fonts that this computer has."""
    return [name for name in fonts if font_file(name) is not None]


@functools.cache
def sized_font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a font whose capitals, or Chinese characters, are `size` pixels high."""
    file, index = font_file(name) or ("", 0)
    sample = "国" if name in CHINESE_FONTS else "H"
    points = size
    while _height(ImageFont.truetype(file, points, index=index & 0xFFFF), sample) < size and points < 6 * size:
        points += 1
    return ImageFont.truetype(file, points, index=index & 0xFFFF)


def _height(font: ImageFont.FreeTypeFont, sample: str) -> float:
    box = font.getbbox(sample)
    return box[3] - box[1]


def print_on(photo: Image.Image, line: Lettering, draw: random.Random) -> Image.Image:
    """Return a photo with a line printed on it, all of it inside."""
    font = sized_font(line.font, line.size)
    left, top, right, bottom = font.getbbox(line.text)
    pad = max(4, line.size // 2)
    size = int(right - left) + 2 * pad, int(bottom - top) + 2 * pad
    layer, mask = Image.new("RGB", size), Image.new("L", size)
    at = pad - left, pad - top
    ImageDraw.Draw(mask).text(at, line.text, fill=255, font=font)
    ground = np.array([draw.randint(150, 250) for _ in range(3)]) if draw.random() < 0.6 else np.array([40, 50, 60])
    if not line.plate:
        ground = np.asarray(photo.convert("L"), np.float32).mean().repeat(3)
    ink = ground + (line.contrast * (255 - ground) if ground.mean() < 128 else -line.contrast * ground)
    layer.paste(tuple(int(part) for part in ground), (0, 0, *size))
    layer.paste(tuple(int(part) for part in ink), (0, 0), mask)
    shape = Image.new("L", size, 255) if line.plate else mask
    layer = layer.rotate(line.angle, Image.Resampling.BICUBIC, expand=True)
    shape = shape.rotate(line.angle, Image.Resampling.BICUBIC, expand=True)
    room = photo.width - layer.width, photo.height - layer.height
    result = photo.copy()
    result.paste(layer, (draw.randint(0, max(0, room[0])), draw.randint(0, max(0, room[1]))), shape)
    return result.filter(ImageFilter.GaussianBlur(0.4))


def letterings(count: int, seed: int = 1) -> Iterator[Lettering]:
    """Yield lines of every kind in turn: languages, fonts, sizes, angles, contrasts."""
    draw = random.Random(seed)
    latin, chinese = available(LATIN_FONTS), available(CHINESE_FONTS)
    for number in range(count):
        in_chinese = number % 2 == 1 and bool(chinese)
        words = draw.choice(CHINESE) if in_chinese else draw.choice(ENGLISH)
        text = f"{words} {draw.randint(100, 9999)}" if not in_chinese else f"{words}{draw.randint(100, 9999)}"
        kind = number // 2 % 5
        yield Lettering(
            text,
            draw.choice(chinese if in_chinese else latin),
            SIZES[number // 10 % len(SIZES)],
            angle={1: draw.uniform(-30, 30), 2: draw.choice((90.0, -90.0, 180.0))}.get(kind, draw.uniform(-3, 3)),
            contrast=0.35 if kind == 3 else 0.9,
            plate=kind != 4,
        )


def backgrounds(folder: Path | None, count: int) -> Iterator[Image.Image]:
    """Yield photos, of a folder if there is one, else smooth patches of colour, 1,200 pixels wide or less."""
    files = sorted(folder.glob("*.jpg")) if folder is not None else []
    patches = np.random.default_rng(7)
    for number in range(count):
        if files:
            photo = Image.open(files[number % len(files)]).convert("RGB")
        else:
            coarse = Image.fromarray(patches.integers(40, 220, (9, 12, 3), np.uint8))
            photo = coarse.resize((1200, 900), Image.Resampling.BICUBIC)
        photo = photo.resize((1200, round(1200 * photo.height / photo.width)), Image.Resampling.BICUBIC)
        yield photo
