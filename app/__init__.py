"""The window of Recollect. It stands on `core` and adds nothing to what a photo, a folder or an answer is.

Rooms, from the top; each imports only from those below it, and a machine checks it:

    __main__   window or command line?
    program    the composition root (startup): everything is made there, handed over, and taken down there
    window     what is always on screen
    viewer     one photo, large
    grid       the view of up to a million photos: ids in, details asked when painted
    dialogs    what opens over the window
    services   what the window asks of core, off its thread; jobs.py alone knows threads
    text       what is written        look   how it looks

The thread of the interface does no file, database or model work: it asks a service and paints what it has.
"""
