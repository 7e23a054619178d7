"""Lets `python -m iamlab` do what `iamlab` does."""

from iamlab.cli.main import main

if __name__ == "__main__":
    main(prog_name="iamlab")
