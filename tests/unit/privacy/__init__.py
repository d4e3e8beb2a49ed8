"""The privacy guard, as a pure function of a text: what it finds, what it leaves alone, how long it takes.

``lines/`` holds labelled lines as people write them; ``labelled.py`` reads and counts them.
"""
