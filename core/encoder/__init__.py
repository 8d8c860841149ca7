"""Turning pictures and words into unit vectors, behind one protocol."""
