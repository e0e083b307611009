"""The desktop application of the operators."""
