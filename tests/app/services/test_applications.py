"""Which programs open a photo: read from the files of a desktop, and from the bundles of a Mac."""

from __future__ import annotations

import plistlib
import sys
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from app.services import desktop_entries, mac_applications
from app.services.applications import Applications, Offered, chosen_program, commands, mime_types
from app.services.desktop_entries import Places
from app.services.program import Program

JPEG = ("image/jpeg",)


class Desktop:
    """A home and a system with programs of the test's own."""

    def __init__(self, folder: Path) -> None:
        self.places = Places((folder / "own", folder / "all"), (folder / "config",), ("GNOME",))
        self.bin = folder / "bin"
        self.bin.mkdir()

    def add(self, name: str, *lines: str, types: str = "image/jpeg;", system: bool = True) -> None:
        program = self.bin / name.partition(".")[0]
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
        said = ["[Desktop Entry]", "Type=Application", f"Name={name}", f"Exec={program} %F", f"MimeType={types}"]
        place = self.places.data[system] / "applications" / f"{name}.desktop"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("\n".join([said[0], *lines, *said[1:], "", "[Desktop Action New]", "Name=no"]))

    def list(self, text: str, name: str = "mimeapps.list") -> None:
        place = self.places.config[0] / name
        place.parent.mkdir(exist_ok=True)
        place.write_text(text)

    def programs(self, *files: tuple[str, ...], language: str = "en_US") -> list[Program]:
        return desktop_entries.entries(self.places, language).programs(files)[0]

    def names(self, *files: tuple[str, ...]) -> list[str]:
        return [one.name for one in self.programs(*files)]


@pytest.fixture
def desktop(tmp_path: Path) -> Desktop:
    return Desktop(tmp_path)


needs_unix = pytest.mark.skipif(sys.platform == "win32", reason="programs are files that may be run")


@needs_unix
def test_the_usual_program_is_first_then_what_was_added_then_the_others(desktop: Desktop) -> None:
    for name in ("alpha", "beta", "gamma", "delta"):
        desktop.add(name, types="image/png;" if name == "delta" else "image/jpeg;image/png;")
    desktop.list(
        "[Added Associations]\nimage/jpeg=delta.desktop;\n"
        "[Removed Associations]\nimage/jpeg=alpha.desktop;\n"
        "[Default Applications]\nimage/jpeg=gone.desktop;gamma.desktop\n"
    )
    assert desktop.names(JPEG) == ["gamma", "delta", "beta"]
    assert desktop.names(("image/png",)) == ["alpha", "beta", "delta", "gamma"]


@needs_unix
def test_several_photos_are_opened_by_what_opens_all_of_them(desktop: Desktop) -> None:
    desktop.add("both", types="image/jpeg;image/x-dcraw;")
    desktop.add("one", types="image/jpeg;")
    assert desktop.names(JPEG, ("image/x-canon-cr2", "image/x-dcraw"), JPEG) == ["both"]
    assert desktop.names(JPEG) == ["both", "one"]


@needs_unix
def test_what_is_hidden_wants_a_terminal_or_is_not_installed_is_not_offered(desktop: Desktop) -> None:
    desktop.add("masked")
    desktop.add("masked", "Hidden=true", system=False)
    desktop.add("vim", "Terminal=true")
    desktop.add("absent", "TryExec=/nowhere/absent")
    desktop.add("recollect")
    desktop.add("quiet", "NoDisplay=true")
    desktop.add("elsewhere", "OnlyShowIn=KDE;", types="")
    desktop.add("text", types="text/plain;")
    fitting, others = desktop_entries.entries(desktop.places, "en").programs([JPEG])
    assert ([one.name for one in fitting], [one.name for one in others]) == (["quiet"], ["text"])


@needs_unix
def test_names_are_in_the_language_of_the_window_and_broken_files_are_passed_over(desktop: Desktop) -> None:
    desktop.add("painter", "Name[zh_CN]=画图", "Name[de]=Maler", "Icon=painter")
    broken = desktop.places.data[1] / "applications" / "broken.desktop"
    broken.write_bytes(b'\xff\xfe[Desktop Entry\nType=Application\nExec="open')
    (program,) = desktop.programs(JPEG, language="zh_CN")
    assert (program.name, program.icon) == ("画图", "painter")
    assert desktop.programs(JPEG, language="de_AT")[0].name == "Maler"


@pytest.mark.parametrize(
    ("words", "made"),
    [
        (("show", "%F"), [["show", "/a b.jpg", "/c%f.jpg"]]),
        (("show", "--new", "%f"), [["show", "--new", "/a b.jpg"], ["show", "--new", "/c%f.jpg"]]),
        (("show", "%U"), [["show", "file:///a%20b.jpg", "file:///c%25f.jpg"]]),
        (
            ("show", "--file=%u", "100%%"),
            [["show", "--file=file:///a%20b.jpg", "100%"], ["show", "--file=file:///c%25f.jpg", "100%"]],
        ),
        (("show",), [["show", "/a b.jpg"], ["show", "/c%f.jpg"]]),
        (("show", "%x", "%F"), [["show", "", "/a b.jpg", "/c%f.jpg"]]),
    ],
)
@needs_unix
def test_files_are_put_where_the_program_wants_them(words: tuple[str, ...], made: list[list[str]]) -> None:
    assert commands(Program("x", "X", words), [Path("/a b.jpg"), Path("/c%f.jpg")]) == made


@needs_unix
def test_quotes_and_codes_of_a_command_line_are_understood(desktop: Desktop) -> None:
    desktop.add("odd", rf'Exec="{desktop.bin}/odd" --name=%c --is "a \\$b" 50%% %i %f', "Icon=o", "Name=100% odd")
    (program,) = desktop.programs(JPEG)
    assert commands(program, [Path("/p.jpg")]) == [
        [f"{desktop.bin}/odd", "--name=100% odd", "--is", "a $b", "50%", "/p.jpg"]
    ]


def test_the_type_of_a_file_is_told_by_its_name_with_what_it_is_a_kind_of() -> None:
    assert mime_types(Path("/not there/a.JPG"))[0] == "image/jpeg"
    assert "image/x-dcraw" in mime_types(Path("/not there/a.cr2"))
    assert mime_types(Path("/not there/without")) == ()


def test_icons_are_found_by_name_in_the_theme_and_beside_it(tmp_path: Path) -> None:
    for place in ("icons/hicolor/256x256/apps/a.png", "icons/hicolor/48x48/apps/a.png", "icons/mine/apps/48/b.svg"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).touch()
    (tmp_path / "pixmaps").mkdir()
    (tmp_path / "pixmaps/c.png").touch()

    def found(name: str) -> str:
        file = desktop_entries.icon_file(name, ("mine", "hicolor"), [tmp_path])
        return "" if file is None else file.relative_to(tmp_path).as_posix()

    assert [found(name) for name in "abcd"] == [
        "icons/hicolor/48x48/apps/a.png",
        "icons/mine/apps/48/b.svg",
        "pixmaps/c.png",
        "",
    ]
    assert desktop_entries.icon_file(str(tmp_path / "pixmaps/c.png"), ()) == tmp_path / "pixmaps/c.png"


def bundle(folder: Path, name: str, *kinds: dict[str, object]) -> None:
    place = folder / f"{name}.app" / "Contents" / "Info.plist"
    place.parent.mkdir(parents=True)
    place.write_bytes(
        plistlib.dumps({"CFBundleName": name, "CFBundleIconFile": "icon", "CFBundleDocumentTypes": [*kinds]})
    )


def test_a_mac_program_says_what_it_opens_in_its_bundle(tmp_path: Path) -> None:
    bundle(tmp_path, "Viewer", {"LSItemContentTypes": ["public.image"]})
    bundle(tmp_path, "Developer", {"CFBundleTypeExtensions": ["CR2", "JPG"]})
    bundle(tmp_path, "Editor", {"LSItemContentTypes": ["public.jpeg"]}, {"LSItemContentTypes": ["public.text"]})
    bundle(tmp_path, "Importer", {"LSItemContentTypes": ["public.image"], "CFBundleTypeRole": "None"})
    bundle(tmp_path, "Recollect", {"LSItemContentTypes": ["public.image"]})
    bundle(tmp_path, "Broken")
    (tmp_path / "Broken.app/Contents/Info.plist").write_bytes(b"no list")
    fitting, others = mac_applications.programs([".JPG"], [tmp_path, tmp_path / "nowhere"])
    assert [one.name for one in fitting] == ["Developer", "Editor", "Viewer"]
    assert [one.name for one in others] == ["Importer"]
    assert [one.name for one in mac_applications.programs([".jpg", ".cr2"], [tmp_path])[0]] == ["Developer", "Viewer"]
    assert commands(fitting[2], [Path("/a.jpg")]) == [["open", "-a", str(tmp_path / "Viewer.app"), str(Path("/a.jpg"))]]
    assert fitting[2].icon == str(tmp_path / "Viewer.app/Contents/Resources/icon.icns")


@pytest.fixture
def applications() -> Applications:
    return Applications()


@needs_unix
def test_a_program_is_started_with_the_files_and_one_that_is_not_there_is_told(
    qtbot: QtBot, tmp_path: Path, applications: Applications
) -> None:
    said, program = tmp_path / "said", tmp_path / "show 100%"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{said}.part"\nmv "{said}.part" "{said}"\n')
    program.chmod(0o755)
    failed: list[str] = []
    applications.open(chosen_program(program), [tmp_path / "a b.jpg", tmp_path / "c.jpg"], lambda: failed.append("1"))
    qtbot.waitUntil(said.exists)
    assert said.read_text().splitlines() == [str(tmp_path / "a b.jpg"), str(tmp_path / "c.jpg")]
    assert failed == []
    applications.open(chosen_program(tmp_path / "nothing"), [tmp_path / "c.jpg"], lambda: failed.append("2"))
    qtbot.waitUntil(lambda: failed == ["2"])
    assert applications.stop(10**9)


@needs_unix
def test_programs_are_read_in_a_thread_with_their_pictures(
    qtbot: QtBot, tmp_path: Path, desktop: Desktop, applications: Applications, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.new("RGB", (96, 96), (200, 0, 0)).save(tmp_path / "red.png")
    desktop.add("red", f"Icon={tmp_path / 'red.png'}")
    desktop.add("plain", types="text/plain;")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(Places, "of_user", lambda: desktop.places)
    answers: list[Offered] = []
    applications.find([Path("/a.jpg")], answers.append, others=True)
    qtbot.waitUntil(lambda: bool(answers))
    ((program, image),) = answers[0].fitting
    assert (program.name, image.width(), image.pixelColor(3, 3).red()) == ("red", 48, 200)
    assert [(one.name, image.isNull()) for one, image in answers[0].others] == [("plain", True)]
    assert applications.stop(10**9)
