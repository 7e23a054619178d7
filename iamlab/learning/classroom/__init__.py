"""A classroom with nbgrader: its course folder, and the steps that read answers where nbgrader would go wrong.

Only `steps` and what stands on it import nbgrader, which the extra `classroom` brings.
"""
