from django.db import migrations

from kring.people.querysets import plain


def fill_plain_names(apps, schema_editor):
    User = apps.get_model("people", "User")
    Profile = apps.get_model("people", "Profile")
    for user in User.objects.only("pk", "name").iterator():
        User.objects.filter(pk=user.pk).update(plain_name=plain(user.name))
        Profile.objects.get_or_create(user_id=user.pk)


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0002_plain_names"),
    ]

    operations = [
        migrations.RunPython(fill_plain_names, migrations.RunPython.noop),
    ]
