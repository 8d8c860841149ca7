"""How the window looks: colours, icons, style sheet. Nothing here knows what the window is for."""
