"""The pages of what is found while a document is read, one module each."""
