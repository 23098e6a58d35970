"""Routes of tasks that members claim."""

from django.urls import path

from campaigns.views import claims

ROUTES = [
    path("claims/", claims.claim_task_list, name="claim_task_list"),
    path("claims/export/", claims.claim_task_export, name="claim_task_export"),
    path("claims/new/", claims.claim_task_new, name="claim_task_new"),
    path("claims/<int:pk>/", claims.claim_task_detail, name="claim_task_detail"),
    path("claims/<int:pk>/close/", claims.claim_task_close, name="claim_task_close"),
    path("claims/<int:pk>/take/", claims.claim_task_take, name="claim_task_take"),
    path("claims/<int:pk>/give/", claims.claim_task_give, name="claim_task_give"),
    path("claims/people/<int:pk>/", claims.claim_detail, name="claim_detail"),
    path("claims/people/<int:pk>/act/<slug:verb>/", claims.claim_act, name="claim_act"),
]
