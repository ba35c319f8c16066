from django.utils import timezone, translation

from salesplan.lib.zones import zone_named


class UserLanguageMiddleware:
    """Speak the language the user chose; else the one of the cookie or the browser."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = getattr(request.user, "language", "") or translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            # Lazy strings in a response that is rendered later must keep this language.
            if not getattr(response, "is_rendered", True):
                response.render()
        return response


class UserTimeZoneMiddleware:
    """Dates and times of a request, "today" among them, are those where the user is; else where her company is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        own, company = (getattr(request.user, name, None) or "" for name in ("time_zone", "company_zone"))
        with timezone.override(zone_named(own, company)):
            return self.get_response(request)
