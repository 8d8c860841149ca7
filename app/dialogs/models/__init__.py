"""Settings › Models: which there are, getting one, using it, measuring it, importing and removing.

    dialog ─── card (one per model) ─── phrases      what is to be seen, in words
       └─── advanced, import_dialog
    services.model_tasks ─── services.model_gateway  off the window's thread; core, seldom imported before it is asked

Nothing here reaches for the network but `ModelTasks.get`, and that only follows a click and a yes.
"""
