"""Trying a version out on the bookings of a period. A version has at most one simulation; it lives on its row.

The contract. States: none → queued → running → done | failed | cancelled; every end may be queued again, for another
period too. Each step locks the version's row and compares the state; what a worker writes also compares ``attempt``,
which grows with every start and every claim. So two clerks cannot start one draft twice, a worker that was stopped,
started again elsewhere or given up for dead writes nothing any more, and a result is there whole or not at all.

A worker goes through the bookings by id, in batches, and leaves after each batch what it has: the last id, the sums so
far, the bookings of the batch. Who claims a run that stands still goes on from there, or from the beginning where the
draft has another revision since. ``revision`` is the one computed with: a later one makes the result outdated.

Not here: reading bookings and pricing them (``workflows.simulate``), adding up (``engines.simulation``).
"""
