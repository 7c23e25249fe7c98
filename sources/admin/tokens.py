"""Tokens by which programs write: made here, shown once, revoked here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.template.response import TemplateResponse
from django.utils import timezone

from sources import rights
from sources.models import Token

KEPT = ["user", "label", "prefix", "created_at", "used_at", "expires_at"]


class TokenForm(forms.ModelForm):
    """A token to be made, or one that is there and can be revoked."""

    revoke = forms.BooleanField(
        label="Revoke it",
        required=False,
        help_text="It is refused from then on, for good. What it wrote stays.",
    )
    # Set for each request by the admin.
    by: Any = None

    class Meta:
        model = Token
        fields = ["user", "label", "expires_at"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "user" in self.fields:
            field: Any = self.fields["user"]
            field.queryset, field.initial = rights.token_holders(self.by), self.by.pk

    def clean_user(self) -> Any:
        user = self.cleaned_data["user"]
        if not (user.is_active and user.is_staff):
            raise ValidationError("They may not enter the desk, so no token would.")
        return user

    def clean_expires_at(self) -> Any:
        expires_at = self.cleaned_data["expires_at"]
        if expires_at is not None and expires_at <= timezone.now():
            raise ValidationError("Give a moment to come, or leave it blank.")
        return expires_at


@admin.register(Token)
class TokenAdmin(admin.ModelAdmin):
    form = TokenForm
    list_display = ["label", "user", "prefix", "used_at", "expires_at", "revoked_at"]
    list_select_related = ["user"]
    list_per_page = 50
    show_full_result_count = False
    sortable_by = ()
    ordering = ["-id"]
    search_fields = ["label", "prefix", "=user__username"]

    def get_queryset(self, request):
        return super().get_queryset(request).of(rights.token_holders(request.user))

    def has_module_permission(self, request):
        return request.user.is_active and request.user.is_staff

    def has_add_permission(self, request):
        return self.has_module_permission(request)

    def has_view_permission(self, request, obj=None):
        # Of others' the list knows nothing: see get_queryset.
        return self.has_module_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.has_view_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.by = request.user
        return form

    def get_fields(self, request, obj=None):
        if obj is None:
            return TokenForm.Meta.fields
        return [*KEPT, "revoked_at" if obj.revoked_at else "revoke"]

    def get_readonly_fields(self, request, obj=None):
        return [*KEPT, "revoked_at"] if obj else []

    def save_model(self, request, obj, form, change):
        if not change:
            request.secret = obj.make_secret()
            obj.save()
        elif form.cleaned_data.get("revoke"):
            obj.revoke()

    def response_add(self, request, obj, post_url_continue=None):
        """The only page that ever shows the token."""
        context = {
            **self.admin_site.each_context(request),
            "title": "A new API token",
            "token": obj,
            "secret": request.secret,
        }
        # Nobody keeps it: the admin's pages are sent with `no-store`.
        return TemplateResponse(request, "admin/token.html", context)
