"""The clerk's editor in values: sections in everyday words, entries in words, tables of prices, comparisons."""
