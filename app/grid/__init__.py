"""The grid of photos: a view of our own, because Qt's lay out every row they have.

    sections    where photos begin anew below a heading
    headings    which ones: days, months or years, and what is less likely
    geometry    where cell number n lies, and which cell lies at a point: arithmetic, no memory per photo
    justified   the same for rows of photos in their own shape
    prepared_layout  the layout of very many photos, made before they are shown
    selection   which rows are selected, as ranges
    keys        which row a key leads to
    cells       the thumbnails in memory, a few screens full
    pictures    asks for the ones that are missing
    pointer     what the mouse means
    painter     one cell
    heading_painter  one heading
    scaled      pictures in the size they are painted in
    layout_area  which photos there are, and where each lies
    thumbnail_area  what is seen of them
    view        the widget that joins them
    scrubber    the scale of dates beside it
    date_heading  the heading of what is first on screen, above it

The grid knows content ids and nothing else about photos. What it paints it asks of `app.services.photo_details`.
"""
