from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('communities', '0006_hold_and_remove_discussions'),
    ]

    operations = [
        migrations.AddField(
            model_name='routing',
            name='because',
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
