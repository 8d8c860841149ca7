"""What is always on screen: bars, search field, pages, menus, the welcome page."""
