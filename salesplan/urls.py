from django.urls import include, path

from salesplan.health import healthz
from salesplan.worker import worker

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("worker.js", worker, name="worker"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("sign-in/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("plans.urls")),
    path("", include("kpis.urls")),
    path("", include("analysis.urls")),
]
