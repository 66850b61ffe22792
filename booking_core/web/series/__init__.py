"""What the pages of citizens and of the back office share about series: forms, values to print, single dates."""
