"""The outbox: mail and calendar files, written in the same transaction, sent afterwards."""
