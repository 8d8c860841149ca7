"""A library on a PostgreSQL server, which many computers index into and search at once.

What is asked and changed is `core.store`'s own text; here is what lies under it.

address      which library on which server, and the folder of this computer that goes with it
connections  connections to the server, lent like those to a file; its errors become sentences here
dialect      SQLite's SQL in PostgreSQL's words
full_text    expressions of SQLite's full-text index in PostgreSQL's words
functions    what SQLite has and PostgreSQL has not
schema       the tables, as append-only steps, under a lock
arrays       many numbers and vectors in few bytes
questions    what is asked of a million photos, in the server's own way
thumbnails   small pictures in the database, the last ones kept here
user_data    favourites, albums, saved searches
vectors      the nearest vectors, found by the server
hnsw_index   its index of them, from a million on
news         what other programs record, told at once
claims       whose work is what, with leases
catalog      all of it together
copying      a library on a server as either end of a copy

Nothing here is imported before an address of a server is given: psycopg is an extra (`recollect[shared]`).
"""
