"""The registry of towns and everything that keeps one town out of the other: context, keys, storage, tasks."""
