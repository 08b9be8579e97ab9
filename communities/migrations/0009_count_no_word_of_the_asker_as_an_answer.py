from django.db import migrations


def recount(apps, schema_editor):
    """Questions to which nobody but the asker gave an answer have none; search hears of those with such."""
    discussion = apps.get_model('communities', 'Discussion')
    answers = apps.get_model('conversations', 'Comment').objects.filter(
        kind='answer',
        is_public=True,
        is_removed=False,
        conversation__content_type__app_label='communities',
        conversation__content_type__model='discussion',
    )
    questions = {
        pk: (author, nameless)
        for pk, author, nameless in discussion.objects.filter(kind='question')
        .values_list('pk', 'author', 'is_anonymous')
        .iterator()
    }
    own, given = set(), set()
    rows = answers.values_list('conversation__object_id', 'user', 'is_anonymous', 'alias')
    for pk, user, nameless, alias in rows.iterator():
        author, asked_so = questions.get(pk, (None, False))
        is_own = (asked_so and alias == 1) if nameless else (user is not None and user == author)
        (own if is_own else given).add(pk)
    discussion.objects.filter(pk__in=own - given, state='answered').update(state='open')
    change = apps.get_model('indexing', 'IndexChange')
    change.objects.bulk_create(change(kind='question', object_id=pk) for pk in sorted(own))


class Migration(migrations.Migration):

    dependencies = [
        ('communities', '0008_say_that_a_coffee_was_had'),
        ('conversations', '0004_tell_later'),
        ('indexing', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(recount, migrations.RunPython.noop),
    ]
