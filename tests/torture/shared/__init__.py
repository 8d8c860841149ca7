"""Many programs on one library on a server, for as long as wanted: `python -m tests.torture.shared SECONDS [SEED]`.

server    a PostgreSQL of its own, which can be stopped, cut off and started again
encoder   a stand-in for a model, which writes down each picture it embeds
indexer   the process of a program that indexes
searcher  the process of a program that asks
trial     all of it: what is done to them, and what has to be true in the end
"""
