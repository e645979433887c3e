"""The product's own settings, less what makes tests slow without making them truer."""

from alignment.settings import *  # noqa: F403
from alignment.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# With the manifest a page whose files were not collected silently loses its scripts.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
