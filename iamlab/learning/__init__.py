"""What a learner does, kept and judged. Floor 5: above the reporting, below the widgets."""
