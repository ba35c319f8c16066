from django.urls import include, path

from salesplan.api import views as api
from salesplan.health import healthz
from salesplan.lib.routing import addresses_of
from salesplan.worker import worker

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("worker.js", worker, name="worker"),
    path("api/", api.docs, name="api_docs"),
    path("api/v1/openapi.json", api.openapi, name="api_schema"),
    path("api/v1/<path:route>", api.api, name="api"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("sign-in/", include("allauth.urls")),
    addresses_of("accounts.urls"),
    addresses_of("plans.urls"),
    addresses_of("kpis.urls"),
    addresses_of("analysis.urls"),
]
