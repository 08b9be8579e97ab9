"""python -m bench.page: what a page costs, beside a bare Wagtail page with the same body, as the site grows.

Prints the median time and the queries of a request within one process, and the ratio to the bare page.
"""

import argparse
import os
import tempfile
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
os.environ["KRING_DATA"] = tempfile.mkdtemp(prefix="kring-bench-")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--sizes", default="1000,10000,100000", help="items on the site: half lessons, half questions"
    )
    parser.add_argument("--times", type=int, default=15, help="requests that are measured for each page")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()

    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    rows: list[list[Any]] = []
    world = World()
    for size in map(int, options.sizes.split(",")):
        world.grow_to(size)
        rows += world.measure(size, options.times)
    from bench.table import show

    show(
        "A page, beside a bare Wagtail page",
        ["items", "page", "median ms", "× bare", "queries"],
        rows,
        options.json,
    )


class World:
    """A site that grows between measurements."""

    def __init__(self) -> None:
        from bench.bare.models import BarePage
        from bench.generate import make_communities, make_lessons, make_people
        from kring.conversations.actions import post_comment
        from wiki.models import LessonPage

        self.size = 0
        self.people = make_people(200)
        self.communities = make_communities(10, self.people)
        make_lessons(10, self.communities, self.people)
        self.lesson = LessonPage.objects.order_by("pk").first()
        for number in range(200):
            post_comment(
                target=self.lesson,
                by=self.people[number % 200],
                body=f"<p>Comment {number}</p>",
            )
        body = "".join(str(html) for _, _, html in self.lesson.parts())
        self.bare = (
            self.communities[0]
            .get_parent()
            .add_child(instance=BarePage(title="Bare", slug="bare", body=body))
        )

    def grow_to(self, size: int) -> None:
        from django.core.management import call_command

        from bench.generate import make_lessons, make_questions

        more = size - self.size
        make_lessons(more // 2, self.communities, self.people, seed=size)
        make_questions(more // 2, self.communities, self.people, seed=size)
        self.size = size
        call_command("reindex", verbosity=0)

    def measure(self, size: int, times: int) -> list[list[Any]]:
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        from bench.table import median_ms

        client = Client(HTTP_HOST="localhost")
        client.force_login(self.people[0])
        pages = {
            "bare Wagtail": self.bare.get_url(),
            "lesson, 200 comments": self.lesson.get_url(),
            "community": self.communities[0].get_url(),
            "home": "/",
            "lessons": "/lessons/",
            "search": "/search/?q=leverancier+contract",
        }
        rows, bare = [], 0.0
        for name, url in pages.items():
            response = client.get(url)
            if response.status_code != 200:
                raise SystemExit(f"{url} answered {response.status_code}")
            took = median_ms(lambda url=url: client.get(url), times)
            bare = bare or took
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            rows.append([size, name, took, took / bare, len(queries)])
        return rows


if __name__ == "__main__":
    main()
