"""Routes of the app."""

from django.urls import path

from branches.routes.uploads import upload_routes
from branches.views import account_list, accounts, acting, audit, organizations, rights, second_factor, sign_ins
from branches.views.uploads import ORGANIZATION_STEPS

app_name = "branches"

urlpatterns = [
    path("accounts/login/", accounts.login, name="login"),
    path("accounts/logout/", accounts.logout, name="logout"),
    path("accounts/password/", accounts.password_change, name="password_change"),
    path("accounts/post/", accounts.post_switch, name="post_switch"),
    path("accounts/code/", second_factor.login_code, name="login_code"),
    path("my-account/", sign_ins.my_account, name="my_account"),
    path("my-account/sign-ins/end/", sign_ins.sign_ins_end, name="sign_ins_end"),
    path("my-account/sign-ins/<int:pk>/end/", sign_ins.sign_in_end, name="sign_in_end"),
    path("my-account/second-factor/", second_factor.second_factor, name="second_factor"),
    path("my-account/second-factor/codes/", second_factor.second_factor_codes, name="second_factor_codes"),
    path("my-account/second-factor/off/", second_factor.second_factor_off, name="second_factor_off"),
    path("accounts/", account_list.account_list, name="account_list"),
    path("accounts/disable/", account_list.accounts_disable, name="accounts_disable"),
    path("accounts/new/", account_list.account_new, name="account_new"),
    path("accounts/<int:pk>/", account_list.account_detail, name="account_detail"),
    path("accounts/<int:pk>/reset/", account_list.account_reset, name="account_reset"),
    path("accounts/<int:pk>/active/", account_list.account_active, name="account_active"),
    path("accounts/<int:pk>/second-factor/", account_list.account_second_factor, name="account_second_factor"),
    path("accounts/<int:pk>/posts/new/", account_list.post_new, name="post_new"),
    path("accounts/posts/<int:pk>/end/", account_list.post_end, name="post_end"),
    path("posts/mine/", acting.my_posts, name="my_posts"),
    path("posts/<int:pk>/acting/", acting.acting_new, name="acting_new"),
    path("posts/<int:pk>/acting/end/", acting.acting_end, name="acting_end"),
    path("posts/acting/leave/", acting.acting_leave, name="acting_leave"),
    path("organizations/", organizations.organization_list, name="organization_list"),
    path("organizations/new/", organizations.organization_new, name="organization_new"),
    path("organizations/names/", organizations.organization_names, name="organization_names"),
    path("organizations/history/", organizations.organization_history, name="organization_history"),
    path("organizations/export/", organizations.organization_export, name="organization_export"),
    path("organizations/<int:pk>/", organizations.organization_detail, name="organization_detail"),
    path("organizations/<int:pk>/edit/", organizations.organization_edit, name="organization_edit"),
    *upload_routes("organizations/import/", ORGANIZATION_STEPS),
    path("rights/", rights.rights, name="rights"),
    path("audit/", audit.audit_list, name="audit_list"),
    path("audit/export/", audit.audit_export, name="audit_export"),
    path("audit/verify/", audit.audit_verify, name="audit_verify"),
]
