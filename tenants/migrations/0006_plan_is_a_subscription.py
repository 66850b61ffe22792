"""A town's plan stands in its subscription. The column nobody read goes with the next release; until then processes of
the release before may still write it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tenants", "0005_stripe_accounts")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE tenants_tenant ALTER COLUMN plan SET DEFAULT 'trial'",
                    "ALTER TABLE tenants_tenant ALTER COLUMN plan DROP DEFAULT",
                ),
            ],
            state_operations=[migrations.RemoveField("tenant", "plan")],
        ),
    ]
