"""The map of where photos were taken: drawn from outlines that come with the program, without a network.

projection  from degrees to a plane, and from the plane to the screen
outlines    the world's countries as a path
clusters    photos that would lie over each other, as one
view        the widget
"""
