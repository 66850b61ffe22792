"""The ledger and its documents are final, in the database itself: whoever asks, whatever the code does.

No entry is changed or deleted, none is added to a closed month, and money goes back above the town's limit only by an
order that a second person has released (or as a bank statement tells it). An account that goes is taken out of
``actor`` and ``issued_by``; nothing else may change. Adding an entry holds the profile's row, closing a month waits
for it. Tables are named by the trigger's own schema, not by the search path.
"""

from django.db import migrations

GUARD_ENTRY = """
CREATE FUNCTION finance_guard_entry() RETURNS trigger LANGUAGE plpgsql AS $guard$
DECLARE
    closed date;
    second_person bigint;
    is_vouched boolean;
BEGIN
    EXECUTE format('SELECT closed_until, second_person_from_cents FROM %I.finance_financeprofile'
                   ' WHERE id = 1 FOR SHARE', TG_TABLE_SCHEMA) INTO closed, second_person;
    IF NEW.valued_on <= closed THEN
        RAISE EXCEPTION 'the ledger is closed until %', closed USING ERRCODE = 'BT001';
    END IF;
    IF NEW.kind IN ('refund', 'deposit_out') AND NEW.way IN ('transfer', 'cash', 'card')
       AND abs(NEW.amount_cents) > second_person THEN
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.finance_bankorder WHERE uuid = $1 AND releaser IS NOT NULL)'
                       ' OR EXISTS (SELECT 1 FROM %I.finance_statementline WHERE uuid = $1)',
                       TG_TABLE_SCHEMA, TG_TABLE_SCHEMA) INTO is_vouched USING NEW.key;
        IF NOT is_vouched THEN
            RAISE EXCEPTION 'money that goes back above the limit needs a second person' USING ERRCODE = 'BT002';
        END IF;
    END IF;
    RETURN NEW;
END
$guard$
"""
KEEP_ROW = """
CREATE FUNCTION finance_keep_row() RETURNS trigger LANGUAGE plpgsql AS $keep$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) ->> TG_ARGV[0] IS NULL
       AND to_jsonb(NEW) - TG_ARGV[0] = to_jsonb(OLD) - TG_ARGV[0] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are final', TG_TABLE_NAME USING ERRCODE = 'BT003';
END
$keep$
"""
TRIGGERS = """
CREATE TRIGGER finance_entry_guarded BEFORE INSERT ON finance_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION finance_guard_entry();
CREATE TRIGGER finance_entry_final BEFORE UPDATE OR DELETE ON finance_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION finance_keep_row('actor_id');
CREATE TRIGGER finance_invoice_final BEFORE UPDATE OR DELETE ON finance_invoice
    FOR EACH ROW EXECUTE FUNCTION finance_keep_row('issued_by_id');
CREATE TRIGGER finance_invoice_line_final BEFORE UPDATE OR DELETE ON finance_invoiceline
    FOR EACH ROW EXECUTE FUNCTION finance_keep_row('')
"""
GONE = """
DROP TRIGGER IF EXISTS finance_invoice_line_final ON finance_invoiceline;
DROP TRIGGER IF EXISTS finance_invoice_final ON finance_invoice;
DROP TRIGGER IF EXISTS finance_entry_final ON finance_ledgerentry;
DROP TRIGGER IF EXISTS finance_entry_guarded ON finance_ledgerentry;
DROP FUNCTION IF EXISTS finance_keep_row();
DROP FUNCTION IF EXISTS finance_guard_entry()
"""


class Migration(migrations.Migration):
    dependencies = [("finance", "0004_bank_orders")]

    operations = [migrations.RunSQL([GUARD_ENTRY, KEEP_ROW, TRIGGERS], GONE)]
