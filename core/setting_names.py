"""The names of what a library remembers of its models, for everyone who reads or writes it. Imports nothing."""

WANTED_MODEL = "model"
"""The model to embed with: a name in the models folder, or a path."""

ANSWERING_MODEL = "model_answering"
"""The model that had every vector last: it answers until the wanted one has them."""

HUB_MIRROR = "hub_mirror"
"""Address that models are fetched from in place of the usual one."""

HUB_PROXY = "hub_proxy"
"""Proxy that models and the newest version's number are fetched through."""
