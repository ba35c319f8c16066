from django.urls import include, path

from salesplan.api import views as api
from salesplan.health import healthz
from salesplan.worker import worker

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("worker.js", worker, name="worker"),
    path("api/", api.docs, name="api_docs"),
    path("api/v1/openapi.json", api.openapi, name="api_schema"),
    path("api/v1/<path:route>", api.api, name="api"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("sign-in/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("plans.urls")),
    path("", include("kpis.urls")),
    path("", include("analysis.urls")),
]
