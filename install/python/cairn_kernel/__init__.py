"""Cairn, a Jupyter kernel for Java with experiments. The kernel is Java; this package is what Python tools ask for."""
