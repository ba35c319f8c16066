"""`make bench`: what a request costs in CPU time, what a page weighs, how much memory the server takes."""
