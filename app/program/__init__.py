"""Around the window: arguments, start and end, one window a library, signals, crash reports."""
