"""What is done with a library's files as files: repaired, backed up, restored, exported.

salvage  the rows of a damaged database that can still be read, in a new one
repair   what is wrong with a library's files, mended as far as it goes
backup   all that cannot be made again, in one file, and back
export   vectors, facts and captions for other programs
moving   the library in another folder
usage    what it takes on the disk
"""
