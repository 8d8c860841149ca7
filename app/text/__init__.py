"""What is written: numbers, dates and sizes in words, languages, core's sentences translated."""
