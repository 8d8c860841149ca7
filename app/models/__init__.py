"""Settings › Models: which there are, getting one, using it, measuring it, importing and removing.

    dialog ─── card (one per model) ─── phrases      what is to be seen, in words
       │  └─── advanced, taking (dialog of import)
       ▼
    stock ─── dealer                                 lanes here; core there, seldom imported before it is asked

Nothing here reaches for the network but `Stock.get`, and that only follows a click and a yes.
"""
