"""One photo, large: the page with its bar, the canvas that zooms, the panel of facts."""
