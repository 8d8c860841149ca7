"""The small windows: settings, keyboard shortcuts, about."""
