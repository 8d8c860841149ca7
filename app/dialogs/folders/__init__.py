"""The folders of the library and the files in them that could not be read."""
