"""How results look: the one place where problems and decisions are put into words. Floor 4."""
