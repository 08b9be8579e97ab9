"""The page tree, communities, members and discussions."""

from itertools import count

from wagtail.models import Page, Site

from communities.models import CommunitiesPage, CommunityPage, Discussion, Membership

_numbers = count(1)


def make_root() -> CommunitiesPage:
    """The communities page under Wagtail's root, with the site pointing at it; made once."""
    found = CommunitiesPage.objects.first()
    if found:
        return found
    tree = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(pk=tree.pk).add_child(instance=CommunitiesPage(title="Communities", slug="home"))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=root, is_default_site=True)
    return root


def make_community(title: str = "", *, openness: str = "open", **fields) -> CommunityPage:
    number = next(_numbers)
    return make_root().add_child(
        instance=CommunityPage(title=title or f"Community {number}", openness=openness, **fields)
    )


def make_member(community: CommunityPage, user=None, *, role: str = "member", **fields) -> Membership:
    from factories.people import make_user

    return Membership.objects.create(community=community, user=user or make_user(), role=role, **fields)


def make_discussion(community: CommunityPage | None = None, title: str = "", **fields) -> Discussion:
    number = next(_numbers)
    return Discussion.objects.create(
        community=community or make_community(), title=title or f"Discussion {number}", **fields
    )
