"""Two fingers moved apart or together: on a touchpad the system tells it, on a touch screen Qt finds it out."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget


@dataclass(frozen=True, slots=True)
class Pinch:
    """A step of a pinch: how many times as large what lies below is to be, and the point of the widget it is around."""

    factor: float
    at: QPointF


def pinch_of(event: QEvent, widget: QWidget) -> Pinch | None:
    """Return what an event says of a pinch. On touch screens the widget has to grab the gesture (`grabGesture`)."""
    if isinstance(event, QNativeGestureEvent):
        if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            return Pinch(max(0.1, 1 + event.value()), event.position())
    elif isinstance(event, QGestureEvent):
        gesture = event.gesture(Qt.GestureType.PinchGesture)
        if isinstance(gesture, QPinchGesture):
            return Pinch(max(0.1, gesture.scaleFactor()), widget.mapFromGlobal(gesture.centerPoint()))
    return None
