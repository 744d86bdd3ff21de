"""The meaning of each mechanism on values, one file each: pure functions that any execution can be held to."""
