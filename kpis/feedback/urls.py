from django.urls import path

from kpis.feedback import answer_views, change_views, public_views, sheet_views, survey_views, theme_views
from kpis.feedback.past import answer_past, survey_past

urlpatterns = [
    path("plans/<int:pk>/feedback/", answer_views.feedback, name="feedback"),
    path("answers/<int:pk>/", answer_views.answer_detail, name="answer_detail"),
    path("answers/<int:pk>/theme/", answer_views.answer_theme, name="answer_theme"),
    path("answers/<int:pk>/change/", change_views.answer_change, name="answer_change"),
    *answer_views.answer_items.urls(),
    *answer_past.urls(),
    path("plans/<int:pk>/feedback/surveys/", survey_views.surveys, name="surveys"),
    path("plans/<int:pk>/feedback/surveys/example/", survey_views.survey_example, name="survey_example"),
    path("surveys/<int:pk>/", survey_views.survey_detail, name="survey_detail"),
    path("surveys/<int:pk>/pause/", survey_views.survey_pause, name="survey_pause"),
    path("surveys/<int:pk>/renew/", survey_views.survey_renew, name="survey_renew"),
    path("surveys/<int:pk>/measure/", survey_views.survey_measure, name="survey_measure"),
    path("readings/<int:pk>/answers/", survey_views.reading_answers, name="reading_answers"),
    *survey_views.survey_items.urls(),
    *survey_past.urls(),
    path("plans/<int:pk>/feedback/themes/", theme_views.themes, name="themes"),
    path("themes/<int:pk>/change/", change_views.theme_change, name="theme_change"),
    *theme_views.theme_items.urls(),
    path("plans/<int:pk>/feedback/changes/", change_views.improvements, name="improvements"),
    path("actions/<int:pk>/feedback/", change_views.action_feedback, name="action_feedback"),
    *change_views.improvement_items.urls(),
    path("plans/<int:pk>/feedback/import/", sheet_views.sheet_add, name="sheet_add"),
    path("feedback-sheets/<int:pk>/", sheet_views.sheet_detail, name="sheet_detail"),
    path("feedback-sheets/<int:pk>/import/", sheet_views.sheet_import, name="sheet_import"),
    path("feedback-sheets/<int:pk>/undo/", sheet_views.sheet_undo, name="sheet_undo"),
    path("feedback/<str:token>/", public_views.survey_answer, name="survey_answer"),
]
