"""Recollect without a window: folders in, vectors in between, answers out.

The route of a photo, each step its own module:

    scanner   lists a folder and compares it with the store        → what is new, changed, moved, gone
    decode    worker processes read each file once                 → fingerprint, pixels, thumbnail, facts
    encoder   one model on one device                              → unit vectors
    store     SQLite, one transaction a batch                      → the truth
    index     a float32 matrix in memory                           → the best matches of a query vector

`indexer` joins the first four, `searcher` the last ones, `library` both; `cli` and the window stand on `library`.
"""
