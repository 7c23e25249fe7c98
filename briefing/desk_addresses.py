"""Every address of the desk: its own pages, and those of Django's admin."""

from django.contrib import admin

# The tables that the admin shows are only known once all that describe them are read.
admin.autodiscover()
urlpatterns = admin.site.get_urls()
