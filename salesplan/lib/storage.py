from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticStorage(CompressedManifestStaticFilesStorage):
    """Every file under a name that changes with its content, modules that others import among them."""

    support_js_module_import_aggregation = True
