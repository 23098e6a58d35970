"""Routes of rectification: the ledger, one problem, its measures and evidence, workbooks."""

from django.urls import path

from branches.routes.uploads import upload_routes
from campaigns.views import cleanups, common_claims, problem_board, problem_work, problems, snapshots
from campaigns.views.problem_imports import PROBLEM_STEPS

PROBLEMS = [
    path("problems/", problems.problem_list, name="problem_list"),
    path("problems/export/", problems.problem_export, name="problem_export"),
    path("problems/new/", problems.problem_new, name="problem_new"),
    path("problems/board/", problem_board.problem_board, name="problem_board"),
    path("problems/board/export/", problem_board.problem_board_export, name="problem_board_export"),
    path("problems/<int:pk>/", problems.problem_detail, name="problem_detail"),
    path("problems/<int:pk>/edit/", problems.problem_edit, name="problem_edit"),
    path("problems/<int:pk>/claim/", problems.problem_claim, name="problem_claim"),
    path("problems/<int:pk>/void/", problems.problem_void, name="problem_void"),
    path("problems/<int:pk>/steps/", problem_work.step_add, name="step_add"),
    path("problems/<int:pk>/progress/", problem_work.problem_progress, name="problem_progress"),
    path("problems/<int:pk>/papers/", problem_work.problem_paper_add, name="problem_paper_add"),
    path("problems/<int:pk>/ask/", problem_work.problem_ask, name="problem_ask"),
    path("problems/<int:pk>/withdraw/", problem_work.problem_withdraw, name="problem_withdraw"),
    path("problems/<int:pk>/decide/", problem_work.problem_decide, name="problem_decide"),
    path("problems/<int:pk>/look-back/", problem_work.problem_look_back, name="problem_look_back"),
    path("problems/steps/<int:pk>/done/", problem_work.step_done, name="step_done"),
    path("problems/steps/<int:pk>/remove/", problem_work.step_remove, name="step_remove"),
    path("problems/papers/<int:pk>/", problem_work.problem_paper, name="problem_paper"),
    path("problems/papers/<int:pk>/remove/", problem_work.problem_paper_remove, name="problem_paper_remove"),
]

COMMON = [
    path("problems/common/", common_claims.common_list, name="common_list"),
    path("problems/common/<int:pk>/", common_claims.common_claim, name="common_claim"),
]

SNAPSHOTS = [
    path("snapshots/", snapshots.snapshot_list, name="snapshot_list"),
    path("snapshots/export/", snapshots.snapshot_export, name="snapshot_export"),
    path("snapshots/new/", snapshots.snapshot_new, name="snapshot_new"),
    path("snapshots/<int:pk>/", snapshots.snapshot_detail, name="snapshot_detail"),
    path("snapshots/<int:pk>/answer/", snapshots.snapshot_answer, name="snapshot_answer"),
    path("snapshots/photos/<int:pk>/", snapshots.snapshot_photo, name="snapshot_photo"),
]

CLEANUPS = [
    path("cleanups/", cleanups.cleanup_list, name="cleanup_list"),
    path("cleanups/export/", cleanups.cleanup_export, name="cleanup_export"),
    path("cleanups/new/", cleanups.cleanup_new, name="cleanup_new"),
    path("cleanups/<int:pk>/", cleanups.cleanup_detail, name="cleanup_detail"),
    path("cleanups/<int:pk>/edit/", cleanups.cleanup_edit, name="cleanup_edit"),
    path("cleanups/<int:pk>/begin/", cleanups.cleanup_begin, name="cleanup_begin"),
    path("cleanups/<int:pk>/check/<int:number>/", cleanups.cleanup_check, name="cleanup_check"),
    path("cleanups/<int:pk>/end/", cleanups.cleanup_end, name="cleanup_end"),
    path("cleanups/<int:pk>/report/", cleanups.cleanup_report, name="cleanup_report"),
]

ROUTES = [*PROBLEMS, *COMMON, *SNAPSHOTS, *CLEANUPS, *upload_routes("problems/import/", PROBLEM_STEPS)]
