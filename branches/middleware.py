"""What every request passes: the limits of a sign-in, the scope, what must be done first, no caching of what is
personal.
"""

from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from branches.actions.accounts import end_sign_ins
from branches.actions.sent_forms import send_once
from branches.actions.session_marks import CODE_GIVEN, NOTED_EVERY, Marks, mark_sign_in, mark_use, marks_of
from branches.actions.todo_marks import forget_todo
from branches.permissions import Actor, Scope
from branches.queries.access import scope_of
from branches.queries.passwords import must_change
from branches.queries.second_factors import is_forced
from branches.queries.sign_ins import limits, newer_sign_in, why_ended
from branches.rules.sent_forms import digest_of
from branches.rules.sessions import device_words, end_reason
from partybuild.lib import clock, dates

Respond = Callable[[HttpRequest], HttpResponse]
POST_KEY = "post_id"
CSRF_FIELD = "csrfmiddlewaretoken"


def client_address(request: HttpRequest) -> str:
    """The address that the request came from, as the web server saw it."""
    return request.META.get("REMOTE_ADDR", "")


class ForwardedAddressMiddleware:
    """Behind a proxy, the address that the proxy saw: the last of ``X-Forwarded-For``; the rest proves nothing."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if forwarded := request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip():
            request.META["REMOTE_ADDR"] = forwarded[:64]
        return self.get_response(request)


class SignInMiddleware:
    """Ends a sign-in at its limits, notes its use, and remembers for the login page why one is signed out."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._keep(request)
        elif cookie := request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""):
            request.signed_out_why = "" if "\0" in cookie else why_ended(cookie)  # type: ignore[attr-defined]
        return self.get_response(request)

    def _keep(self, request: HttpRequest) -> None:
        marks = marks_of(request.session)
        if marks is None:
            # A session from before sign-ins were noted counts from now on.
            agent = request.headers.get("User-Agent", "")
            mark_sign_in(session=request.session, user=request.user, address=client_address(request), agent=agent)  # type: ignore[arg-type]
            return
        now, held = clock.now(), limits()
        reason = end_reason(
            started_at=marks.began_at, seen_at=marks.seen_at, now=now, idle=held.idle, longest=held.longest
        )
        if reason is not None:
            end_sign_ins(user=request.user, reason=reason, only=marks.sign_in_id)  # type: ignore[arg-type]
            logout(request)
            request.signed_out_why = reason  # type: ignore[attr-defined]
        elif abs(now - marks.seen_at) >= NOTED_EVERY:
            self._note(request, marks)

    def _note(self, request: HttpRequest, marks: Marks) -> None:
        sign_in = mark_use(request.session)
        newer = newer_sign_in(sign_in, marks.seen_at) if sign_in else None
        if newer is not None:
            at = dates.moment_text(clock.in_zone(newer.started_at))
            where = f"{device_words(newer.agent)}，地址 {newer.address or '未知'}"
            told = f"您的账号{at}在另一处登录：{where}。如非本人操作，请到“我的账号”结束该登录并修改密码。"
            messages.warning(request, told)


class ScopeMiddleware:
    """Sets ``request.scope`` and ``request.actor``; at most two queries, none for strangers."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.scope = self._scope(request)  # type: ignore[attr-defined]
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def _scope(self, request: HttpRequest) -> Scope:
        if request.user.pk is None:
            return Scope()
        # The reverse one-to-one belongs to an upper floor; it is reached by name, and only when it is there.
        member_id = getattr(getattr(request.user, "member", None), "pk", None)
        return scope_of(request.user.pk, clock.today(), request.session.get(POST_KEY), member_id)

    def _actor(self, request: HttpRequest) -> Actor:
        scope: Scope = request.scope  # type: ignore[attr-defined]
        grant = scope.grant
        return Actor(
            user_id=scope.user_id,
            post_id=grant.post_id if grant else None,
            organization_id=grant.organization_id if grant else None,
            organization_path=grant.path if grant else "",
            member_id=scope.member_id,
            acting_for_id=scope.acting_for_id,
            address=client_address(request),
        )


class PasswordChangeMiddleware:
    """Leads a person who must change the password to that page first."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and must_change(user) and not _is_allowed(request, "password_change"):
            return redirect("branches:password_change")
        return self.get_response(request)


class SecondFactorMiddleware:
    """Leads those whose post asks for a second factor to set it up, or to show it, first."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        scope: Scope = request.scope  # type: ignore[attr-defined]
        lacks = is_forced(scope) and not request.session.get(CODE_GIVEN)
        if lacks and not _is_allowed(request, "second_factor", "login_code", "password_change"):
            return redirect("branches:second_factor")
        return self.get_response(request)


def _is_allowed(request: HttpRequest, *names: str) -> bool:
    """Whether the page is one of these, the end of the session, or a static file."""
    allowed = [reverse(f"branches:{name}") for name in (*names, "logout")]
    return request.path in allowed or request.path.startswith(settings.STATIC_URL)


class MethodPageMiddleware:
    """Somebody who opens an address that only takes what a form sends is told so, instead of seeing an empty page."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
            page["Allow"] = response["Allow"]
            return page
        return response


class TodoMiddleware:
    """What waits is counted anew after a form was sent."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            forget_todo(request)
        return response


class NoStoreMiddleware:
    """Pages of signed-in people are kept by no cache."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response


class SentOnceMiddleware:
    """A form that is sent a second time, by a double click or by a browser that tries again, does nothing more.

    A page's CSRF token is masked anew whenever the page is drawn, and so names the page. What scripts send carries the
    token in a header; it has keys of its own where it makes something. The last of all: it runs the view itself.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Sequence[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Run the view in one transaction with the note that the form was sent; nothing where no form was."""
        if request.method != "POST" or CSRF_FIELD not in request.POST or not request.user.is_authenticated:
            return None
        files = [(name, str(file.name), file.size or 0) for name, each in request.FILES.lists() for file in each]
        answer, location = send_once(
            by=request.actor,  # type: ignore[attr-defined]
            digest=digest_of(request.get_full_path(), request.POST.lists(), files),
            send=lambda: view(request, *args, **kwargs),
            leads_to=partial(_leads_to, request),
        )
        if answer is not None:
            return answer
        messages.info(request, "这份内容已经提交，没有重复办理。")
        return redirect(location)


def _leads_to(request: HttpRequest, response: HttpResponse) -> str:
    """Where a form that was taken leads; nowhere when it was refused or is to be filled in anew."""
    is_done = response.status_code in (HTTPStatus.FOUND, HTTPStatus.SEE_OTHER)
    is_refused = getattr(messages.get_messages(request), "has_refusal", False)
    return response["Location"] if is_done and not is_refused else ""
