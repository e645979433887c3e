"""How fast the costly places are: `make bench`.

Every figure is a ratio to a baseline of the same run on the same machine, so runs elsewhere can be compared. The
servers are the embedded ones, in var/bench, with the tests' settings: they do not wait for the disk.
"""
