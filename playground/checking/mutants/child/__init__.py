"""What makes wrong programs of a right one, in a confined child: it reads a text and runs nothing.

The texts of these modules are sent to a child as the world that it holds ready; they import the
standard library and each other, and nothing of playground.
"""
