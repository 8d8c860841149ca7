"""The window of Recollect. It stands on `core` and adds nothing to what a photo, a folder or an answer is.

Read it in this order:

    __main__   window or command line?
    startup    the composition root: everything is made here, handed over, and taken down here
    arrivals   what someone outside wants shown: the command line, a second start, the file manager
    jobs       the threads: one lane for indexing, small ones for questions, details and chores
    searching, indexing, details, folders.roots
               what the window asks of the library and what comes back; no widgets
    window     the widgets, which know only the four above
    grid       the view of up to a million photos: ids in, details asked when painted
    preview    one photo, large
    messages   the one door through which anything is said to the user

The thread of the interface does no file, database or model work: it asks a lane and paints what it has.
"""
