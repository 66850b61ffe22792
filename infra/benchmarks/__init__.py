"""One module per row of the benchmarks: each measures one promise and returns it as a row.

Not here: printing and storing the rows (``infra.bench``).
"""
