"""What a search over all resources reads: short stretches by their bounds, long ones by overlap.

The bound on the length is what makes the b-tree quick: what touches a wish from 14 to 16 starts after 14 the day
before. The few longer stretches (closures, rentals over several days) stand in a small index of their own.
"""

from django.db import migrations

SHORT = """
CREATE INDEX IF NOT EXISTS occupancy_short_bounds ON reservations_occupancy (lower(span), upper(span), unit_id)
WHERE upper(span) - lower(span) <= interval '24 hours'
"""
LONG = """
CREATE INDEX IF NOT EXISTS occupancy_long_spans ON reservations_occupancy USING gist (span)
WHERE upper(span) - lower(span) > interval '24 hours'
"""


class Migration(migrations.Migration):
    dependencies = [("reservations", "0003_series")]

    operations = [
        migrations.RunSQL(SHORT, "DROP INDEX IF EXISTS occupancy_short_bounds"),
        migrations.RunSQL(LONG, "DROP INDEX IF EXISTS occupancy_long_spans"),
    ]
