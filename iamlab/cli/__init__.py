"""The command line, a file a command: `iamlab lab`, `iamlab simulate` and their like."""
