"""The library in a browser: a local web server with a stable API, and one page that stands on it.

access       who may ask: the token, and which names and pages a request may come from
requests     what a request says, checked
api          the answers: find, photo, thumbnail, preview, similar, saved, status; with --write also stars and saved
description  the API in OpenAPI's words, made of the same table as its routes
news         what was recorded elsewhere, as server-sent events
page         the page and its words, from `resources/page`
application  all of it as one ASGI application
server       the process: address, token, start and end

Everything is answered by `core.library.Library`, in the JSON of the command line (`core.answers`).
"""
