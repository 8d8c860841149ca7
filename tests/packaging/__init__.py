"""What can be said of the installers without building one."""
