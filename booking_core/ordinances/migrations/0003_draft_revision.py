"""Count the changes of a draft, so that two people who edit it at once do not overwrite each other."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ordinances", "0002_origin")]

    operations = [
        migrations.AddField(
            model_name="ordinanceversion",
            name="revision",
            field=models.PositiveIntegerField(default=0, db_default=0),
        ),
    ]
