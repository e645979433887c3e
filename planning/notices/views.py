from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response, patch_cache_control

from planning.people.doors import door, guests

from . import reading
from .models import Notice

PAGE = 30


@door(guests)
def index(request):
    page = Paginator(reading.notices_of(request.member), PAGE).get_page(request.GET.get("page"))
    page.object_list = reading.with_entries(request.member, page.object_list)
    return render(request, "notices/index.html", {"page": page, "unread": reading.bell(request.member)[0]})


@door(guests)
def bell(request):
    """Just the number; asked every minute by every open page, so unchanged costs a 304."""
    count, newest = reading.bell(request.member)
    etag = f'"{request.member.pk}-{count}-{newest}"'
    response = HttpResponse(str(count) if count else "", headers={"ETag": etag})
    patch_cache_control(response, private=True, no_cache=True)
    return get_conditional_response(request, etag=etag, response=response)


@door(post=guests, does=reading.mark_read)
def all_read(request):
    reading.mark_read(request.member)
    return request.go("notices:index")


@door(post=guests, does=reading.mark_read)
def opened(request, notice_id):
    """Read one, and go where it points."""
    notice = get_object_or_404(Notice.objects.of(request.workspace).filter(member=request.member), pk=notice_id)
    reading.mark_read(request.member, [notice.pk])
    return redirect(notice.url)
