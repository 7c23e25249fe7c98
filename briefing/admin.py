"""What the admin does not list: secrets, which have a page of their own."""

from django.contrib import admin
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

# Their apps stand before ours in the settings, and have registered them by now.
admin.site.unregister([StaticDevice, TOTPDevice])
