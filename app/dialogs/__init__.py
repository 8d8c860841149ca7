"""What opens over the window and is closed again: settings, models, folders, about, reports."""
