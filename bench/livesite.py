"""python -m bench.livesite: make a database for bench.live, and print what its clients need, as JSON.

Environment as for the site. People with sessions, an open community, a discussion to talk in, and two
discussions with 100 and 10,000 comments.
"""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kring.settings.production")


def main(people_count: int) -> None:
    import django

    django.setup()
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from bench.generate import make_communities, make_people, make_talk
    from communities.models import Discussion

    people = make_people(people_count)
    community = make_communities(1, people)[0]

    def discussion(title: str) -> Discussion:
        return Discussion.objects.create(
            community=community, title=title, kind="discussion", author=people[0]
        )

    sessions = import_module(settings.SESSION_ENGINE)
    cookies = []
    for person in people:
        session = sessions.SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
    few, many = discussion("A hundred"), discussion("Ten thousand")
    make_talk(few, people, 100)
    make_talk(many, people, 10_000)
    room = discussion("Where it is said")
    found = {
        "cookies": cookies,
        "room": room.pk,
        "pages": {"100 comments": few.get_absolute_url(), "10,000 comments": many.get_absolute_url()},
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]))
