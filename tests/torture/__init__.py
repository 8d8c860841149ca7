"""What a library goes through before it is trusted: every write of a scenario fails, ends the process, or is lost.

faults.c        the layer between the program and the disk (Linux, built when it is needed)
fault_layer     builds and steers it
scenario        what a user does in a minute: add, index, mark, search, switch, forget, back up, check
fault_runs      that scenario with one fault in it, and what has to be true afterwards
fuzz            changed pictures, through the real decoders (mutations makes them)
kills           the real program and its processes, killed at random moments
stalling_drive, stalls.c   a drive that stops answering: a real one (FUSE), and one made below the program (test_stalls)
stalled_window  the window on such a drive
soak            a window while everything around it changes (ui_freezes times it, same_library compares what is left)
sharding        the work shared out to every processor
random_choices  what is chosen at random: others at each long run

`python -m tests.torture` runs the faults and the kills, and prints the figures of the README;
`python -m tests.torture.fuzz 100000 1` changes and reads so many pictures.
"""
