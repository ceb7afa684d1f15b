"""One file that holds all of an instance: made while it serves, verified, put back into an empty one."""
