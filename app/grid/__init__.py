"""The grid of photos: a view of our own, because Qt's lay out every row they have.

    geometry    where cell number n lies, and which cell lies at a point: arithmetic, no memory per photo
    selection   which rows are selected, as ranges
    keys        which row a key leads to
    cells       the thumbnails in memory, a few screens full
    pictures    asks for the ones that are missing
    pointer     what the mouse means
    painter     one cell
    scaled      pictures in the size they are painted in
    view        the widget that joins them
    scrubber    the scale of dates beside it
    date_heading  the month on screen, over its corner

The grid knows content ids and nothing else about photos. What it paints it asks of `app.services.photo_details`.
"""
