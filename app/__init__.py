"""The window (PySide6): thin, standing on core."""
