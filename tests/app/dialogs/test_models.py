"""Settings › Models: a model is got, used, measured, imported and removed, and nothing happens that was not asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
)

from app.dialogs.models import phrases
from app.dialogs.models.card import ModelCard
from app.dialogs.models.dialog import ModelsDialog
from app.dialogs.models.import_dialog import ImportDialog
from app.look.elided import Elided
from app.services.model_info import Cost, Learned, ModelInfo, Step
from core.messages import engine_messages
from core.models import STARTER
from tests.app.dialogs.conftest import Scene
from tests.app.fake_gateway import UNREACHABLE

FAST = "siglip2-base-32"


LARGE = "siglip2-so400m-16"


def test_the_light_edition_says_what_it_cannot_do(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.models.runnable.has_torch", lambda: False)
    scene.dialog.look()
    scene.qtbot.waitUntil(lambda: "Needs the full Recollect" in scene.says(LARGE))
    notices = [made.text() for made in scene.dialog.findChildren(QLabel) if made.isVisible()]
    assert any("light Recollect" in text for text in notices)
    assert "Get…" not in scene.buttons(LARGE) and "Get…" in scene.buttons(FAST)
    assert "Needs the full Recollect" not in scene.says(STARTER)


def test_the_starter_says_plainly_what_it_is(scene: Scene) -> None:
    scene.wait(lambda: "In use" in scene.says(STARTER))
    said = scene.says(STARTER)
    for words in ("Built in", "offline", "English and Chinese", "good for everyday scenes"):
        assert words in said
    assert scene.buttons(STARTER) == ["Measure"]


def test_a_card_tells_what_a_model_is_and_opening_reaches_for_nothing(scene: Scene) -> None:
    said = scene.says(FAST)
    for words in (
        "1.5 GB",
        "over a hundred languages",
        "Apache-2.0",
        "commercial use allowed",
        "Very good",
        "47 of 100",
    ):
        assert words in said
    assert scene.buttons(FAST) == ["Get…"]
    assert scene.card(FAST).accessibleName() == "Many languages, fast, Recommended"
    assert [b.accessibleName() for b in scene.card(FAST).findChildren(QPushButton) if b.isVisible()] == [
        "Get Many languages, fast"
    ]
    assert scene.gateway.calls == []


def test_get_then_use(scene: Scene) -> None:
    scene.gateway.gate.clear()
    scene.do(FAST, "Get…")
    assert scene.gateway.calls == []
    assert "1.5 GB" in scene.answer("Get")
    scene.wait(lambda: "600 MB of 1.5 GB" in scene.says(FAST))
    assert "12 MB a second" in scene.says(FAST)
    assert scene.card(FAST).findChildren(QProgressBar)[0].value() == 400
    assert scene.buttons(FAST) == ["Cancel"]
    scene.gateway.gate.set()
    scene.wait(lambda: "On this computer" in scene.says(FAST))
    runs = len(scene.library.runs)
    scene.do(FAST, "Use…")
    said = scene.answer("Use")
    assert "52,000 photos, about 40 minutes on this device" in said
    assert "current results stay" in said
    scene.wait(lambda: "In use" in scene.says(FAST))
    assert scene.library.settings["model"] == FAST
    scene.wait(lambda: len(scene.library.runs) > runs)
    assert "Use…" in scene.buttons(STARTER)
    assert "Remove…" not in scene.buttons(FAST)


def test_no_is_no(scene: Scene) -> None:
    scene.do(FAST, "Get…")
    scene.answer("Cancel")
    assert scene.program.services.model_tasks.step(FAST) is None
    assert scene.gateway.calls == []


def test_cancel_ends_it_and_leaves_nothing_half(scene: Scene) -> None:
    scene.gateway.gate.clear()
    scene.do(FAST, "Get…")
    scene.answer("Get")
    scene.wait(lambda: "600 MB" in scene.says(FAST))
    scene.do(FAST, "Cancel")
    scene.wait(lambda: scene.buttons(FAST) == ["Get…"])
    assert FAST not in scene.gateway.here


def test_a_second_download_waits_and_may_be_cancelled(scene: Scene) -> None:
    scene.gateway.gate.clear()
    for name in (FAST, "datacomp-base-32"):
        scene.program.services.model_tasks.get(name)
    scene.wait(lambda: "600 MB" in scene.says(FAST))
    assert "Waiting" in scene.says("datacomp-base-32")
    scene.do("datacomp-base-32", "Cancel")
    scene.gateway.gate.set()
    scene.wait(lambda: scene.buttons("datacomp-base-32") == ["Get…"])
    assert ("fetch", "datacomp-base-32") not in scene.gateway.calls


def test_a_failure_is_told_on_the_card_and_can_be_tried_again(scene: Scene) -> None:
    scene.gateway.fails["fetch late"] = UNREACHABLE
    scene.program.services.model_tasks.get(FAST)
    scene.wait(lambda: str(UNREACHABLE) in scene.says(FAST))
    assert scene.buttons(FAST) == ["Get…"]
    assert scene.program.window.photos.banners.texts() == [str(UNREACHABLE)]
    scene.gateway.fails.clear()
    scene.program.services.model_tasks.get(FAST)
    scene.wait(lambda: "On this computer" in scene.says(FAST))
    assert "could not be reached" not in scene.says(FAST)


def test_a_download_goes_on_while_the_dialog_is_closed(scene: Scene) -> None:
    scene.gateway.gate.clear()
    scene.program.services.model_tasks.get(FAST)
    scene.wait(lambda: "600 MB" in scene.says(FAST))
    scene.dialog.close()
    again = Scene(scene.qtbot, scene.program, scene.gateway, scene.library)
    assert "600 MB" in again.says(FAST)
    scene.gateway.gate.set()
    again.wait(lambda: "On this computer" in again.says(FAST))


def test_a_download_does_not_keep_the_program(scene: Scene) -> None:
    scene.gateway.gate.clear()
    scene.program.services.model_tasks.get(FAST)
    scene.wait(lambda: "600 MB" in scene.says(FAST))
    scene.dialog.close()


def test_remove_asks(scene: Scene) -> None:
    scene.gateway.here[FAST] = 1_500_000_000
    scene.dialog.look()
    scene.do(FAST, "Remove…")
    assert "This frees 1.5 GB" in scene.answer("Cancel")
    assert scene.gateway.calls == []
    scene.do(FAST, "Remove…")
    scene.answer("Remove")
    scene.wait(lambda: scene.buttons(FAST) == ["Get…"])


def test_remove_offers_to_forget_what_the_model_learned(scene: Scene) -> None:
    scene.gateway.here[FAST] = 1_500_000_000
    scene.gateway.knowledge = Learned(52_000, 90_000_000)
    scene.dialog.look()
    scene.do(FAST, "Remove…")
    option = scene.question().checkBox()
    assert option.text() == "Also forget what it learned of 52,000 photos (90 MB)" and not option.isChecked()
    option.click()
    scene.answer("Remove")
    scene.wait(lambda: ("remove", FAST, "forget") in scene.gateway.calls)


def test_the_models_folder_is_shown_and_moved(scene: Scene) -> None:
    scene.press(scene.dialog, "Advanced")
    scene.wait(lambda: any(made.text() == str(scene.gateway.place) for made in scene.dialog.findChildren(QLabel)))
    scene.press(scene.dialog, "Move…")
    chooser = scene.dialog.findChildren(QFileDialog)[-1]
    runs = len(scene.library.runs)
    chooser.fileSelected.emit("/larger/disk")
    chooser.close()
    scene.wait(lambda: any(made.toolTip() == str(Path("/larger/disk")) for made in scene.dialog.findChildren(QLabel)))
    assert scene.gateway.calls == [("move", str(Path("/larger/disk")))]
    scene.wait(lambda: len(scene.library.runs) > runs)


def test_however_narrow_every_button_is_to_be_seen(scene: Scene) -> None:
    name = "a model of one's own with a name that is longer than the dialog is wide, by far"
    scene.gateway.here[name] = 1000
    scene.dialog.look()
    scene.dialog.resize(1, 600)
    scene.wait(lambda: any(c.offer.name == name and c.isVisible() for c in scene.dialog.findChildren(ModelCard)))
    QApplication.processEvents()
    viewport = scene.dialog.findChildren(QScrollArea)[0].viewport()
    visible = [made for made in viewport.findChildren(QPushButton) if made.isVisible()]
    assert len(visible) >= 9
    for made in visible:
        right = made.mapTo(viewport, made.rect().topRight()).x()
        assert right <= viewport.width(), f"{made.text()} is cut off"
    title = next(made for made in scene.card(name).findChildren(Elided))
    assert title.shown().endswith("…") and title.toolTip() == name


def test_what_a_model_runs_on_and_why_on_nothing_faster(english: None) -> None:
    slow = engine_messages.NOT_USED(engine=engine_messages.ONNX_RUNTIME(), reason=engine_messages.NO_FASTER())
    said = phrases.running(engine_messages.ON_OPENVINO(processor="A Processor", bits=16), (slow,))
    assert said == "Runs on: OpenVINO on A Processor, 16-bit\nNot used: ONNX Runtime: no faster here"
    assert phrases.running(None, ()) == ""


def test_measure(scene: Scene) -> None:
    assert "speed not measured here yet" in scene.says(STARTER)
    scene.gateway.gate.clear()
    scene.do(STARTER, "Measure")
    scene.wait(lambda: "Measuring" in scene.says(STARTER))
    scene.gateway.gate.set()
    scene.wait(lambda: "about 95 photos/s here" in scene.says(STARTER))
    assert "Measuring" not in scene.says(STARTER)


def test_use_that_fails_says_so(scene: Scene) -> None:
    scene.gateway.here[FAST] = 1
    scene.gateway.fails["cost"] = UNREACHABLE
    scene.dialog.look()
    scene.do(FAST, "Use…")
    scene.wait(lambda: "could not be reached" in scene.says(FAST))
    assert "model" not in scene.library.settings


def take_in(scene: Scene, source: str, architecture: str = "") -> ImportDialog:
    scene.press(scene.dialog, "Import…")
    taking = scene.dialog.findChildren(ImportDialog)[-1]
    fields = {field.accessibleName(): field for field in taking.findChildren(QLineEdit)}
    fields["Folder or file of the model"].setText(source)
    accept = next(b for b in taking.findChildren(QPushButton) if b.text() == "Import")
    if architecture:
        assert not accept.isEnabled()
        taking.architecture.setEditText(architecture)
    assert accept.isEnabled()
    accept.click()
    return taking


def test_import_a_folder(scene: Scene) -> None:
    take_in(scene, "/models/my model")
    scene.wait(lambda: any(c.offer.name == "my model" and c.isVisible() for c in scene.dialog.findChildren(ModelCard)))
    assert scene.gateway.calls == [("take_in", "/models/my model", "", "")]
    assert "Added by you" in scene.says("my model")


def test_import_a_file_needs_its_architecture_and_says_what_is_wrong(scene: Scene) -> None:
    scene.gateway.fails["take_in"] = UNREACHABLE
    taking = take_in(scene, "/models/a.safetensors", "ViT-B-32")
    scene.wait(lambda: any("could not" in made.text() for made in taking.findChildren(QLabel) if made.isVisible()))
    assert scene.gateway.calls == [("take_in", "/models/a.safetensors", "ViT-B-32", "")]
    taking.close()


def test_mirror_and_proxy_are_remembered(scene: Scene) -> None:
    scene.press(scene.dialog, "Advanced")
    fields = {field.accessibleName(): field for field in scene.dialog.findChildren(QLineEdit)}
    scene.qtbot.keyClicks(fields["Mirror"], " https://mirror.example ")
    scene.qtbot.keyClick(fields["Mirror"], Qt.Key.Key_Return)
    scene.wait(lambda: scene.gateway.addresses == ("https://mirror.example", ""))
    assert scene.dialog.isVisible()


def test_the_menu_and_the_status_line_lead_here(scene: Scene) -> None:
    scene.dialog.close()
    window = scene.program.window
    scene.press(window.line, "fake")
    scene.wait(lambda: any(d.isVisible() for d in window.findChildren(ModelsDialog)))
    assert any(action.text() == "Models…" for action in window.findChildren(QAction))


@pytest.mark.parametrize(
    ("cost", "said"),
    [
        (Cost(0, None), "at once"),
        (Cost(1, 3.0), "1 photo, about a few seconds"),
        (Cost(9000, None), "not known before it is measured"),
    ],
)
def test_what_using_a_model_means(english: None, cost: Cost, said: str) -> None:
    assert said in phrases.cost(cost)


def test_words_for_what_is_seldom(english: None) -> None:
    assert "a minute" in phrases.quality(ModelInfo("slow", installed=True, photos_per_second=0.2))
    assert phrases.states(ModelInfo("old", installed=True, answering=True)) == ["Answering for now"]
    assert phrases.progress(Step("asking")) == "Asking for its files…"
