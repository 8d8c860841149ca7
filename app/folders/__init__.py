"""The folders of the library: welcoming the first ones, seeing to them later, and what in them was skipped."""
