from django.urls import path

from analysis.gallery import views

urlpatterns = [
    path("plans/gallery/", views.gallery, name="gallery"),
    path("plans/gallery/innovatech/", views.gallery_example, name="gallery_example"),
    path("plans/gallery/progress/<uuid:task>/", views.gallery_progress, name="gallery_progress"),
    path("plans/gallery/<slug:key>/", views.gallery_start, name="gallery_start"),
]
