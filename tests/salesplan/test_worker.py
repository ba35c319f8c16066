"""The script by which a check-in is opened without a connection."""

from django.urls import reverse


def test_it_stands_at_the_root_of_the_site_and_is_asked_for_anew_each_time(client, db):
    response = client.get(reverse("worker"))

    assert response.status_code == 200
    assert response.wsgi_request.path == "/worker.js"
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in response.headers


def test_it_is_the_same_for_everybody(client, as_mia):
    signed_in = as_mia.get(reverse("worker")).content
    as_mia.logout()

    assert as_mia.get(reverse("worker")).content == signed_in
