"""The report's tables: columns whose widths add up to the text's, rows of strings. Nothing is counted here but sums of what is printed."""
