"""The context as a tree of typed values that can be edited."""
