"""What the window asks of core, off its thread. jobs.py alone knows threads; no widget lives here."""
