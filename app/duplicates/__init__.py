"""What is there more than once, side by side: groups of photos or files, each to be kept or to go.

choices  what of a group is kept, by suggestion and by the user
layout   where groups lie among ten thousand
tile     one photo of a group
card     one group with its photos and what can be done with it
loader   the groups and pictures in memory
view     the groups on screen, the keys, and the pictures
"""
